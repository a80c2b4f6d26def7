import { describe, expect, it } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { seedFiles, seedsMissing } from '../../../seeds.ts';
import { inDocument, shown } from './kit.ts';

const step = (info: string, text: string): string => `\n- a step\n\n  ~~~bash ${info}\n  ${text}\n  ~~~\n`;
const RUNBOOK = '# T\n\n## Deploy\n';
const LEVEL = '\n## Rollback\n\n### Level 1: Back\n\n~~~bash\nrm -rf /srv/new\n~~~\n';
const codes = (markdown: string): readonly string[] => inDocument(markdown).map(({ code, severity }) => `${severity} ${code}`);

describe('destructive-without-undo', () => {
  it.each([
    'rm -rf releases', 'psql -c "DROP TABLE orders;"', 'sudo -u postgres dropdb orders', 'kubectl -n shop delete deployment api', 'terraform destroy -auto-approve', 'git push --force origin main', 'git reset --hard HEAD~1',
    'dd if=a.img of=/dev/sdb', 'mkfs.ext4 /dev/sdb1', 'docker volume rm data', 'docker system prune -af', 'docker compose down -v', 'aws s3 rm s3://bucket --recursive', 'helm uninstall api', 'redis-cli -h cache flushall', 'shred -u key.pem', 'zfs destroy pool/data', 'find . -name "*.bak" -delete', 'mysql -e "truncate table orders"',
  ])('%s', (text) => {
    expect(codes(RUNBOOK + step('', text))).toEqual(['warning destructive-without-undo']);
  });

  it.each(['rm -rf node_modules dist /tmp/build', 'rm -f notes.txt', 'kubectl delete pod api-1', 'kubectl drain node-1', 'zfs list', 'kubectl delete -f x.yaml --dry-run=client', 'psql -c "delete from orders where id = 1"', 'git push origin main', 'git reset HEAD~1', 'terraform plan', 'docker volume ls', 'aws s3 rm s3://bucket/key', 'dd if=/dev/zero of=/dev/null', 'echo rm -rf x', 'D=$(mktemp -d); rm -rf "$D"'])('is silent on %s', (text) => {
    expect(codes(RUNBOOK + step('', text))).toEqual([]);
  });

  it('reads statements in here-documents', () => {
    expect(codes(`${RUNBOOK}\n~~~bash\npsql orders <<SQL\ndelete from orders;\nSQL\n~~~\n`)).toEqual(['warning destructive-without-undo']);
    expect(codes(`${RUNBOOK}\n~~~bash\npsql orders <<SQL\n-- drop table orders\nselect 1;\nSQL\n~~~\n`)).toEqual([]);
  });

  it('is satisfied by an undo, by "irreversible", and in a rollback', () => {
    expect(codes(RUNBOOK + step('{#drop}', 'dropdb orders') + '\n~~~bash {undo=drop}\ncreatedb orders\n~~~\n')).toEqual([]);
    expect(codes(RUNBOOK + step('{irreversible}', 'dropdb orders'))).toEqual([]);
    expect(codes(RUNBOOK + LEVEL)).toEqual([]);
  });

  it('is lighter beside a rollback level, which may bring it back', () => {
    expect(codes(RUNBOOK + step('', 'dropdb orders') + LEVEL)).toEqual(['info destructive-without-undo']);
  });

  it('does not say again what the document says of its way back', () => {
    const other = step('{#other}', 'touch a') + '\n~~~bash {undo=other}\nrm a\n~~~\n';
    expect(codes(RUNBOOK + step('', 'dropdb orders') + other)).toEqual([]);
  });
});

describe('sudo-in-check', () => {
  it('a check, and what verifies a level', () => {
    expect(inDocument(RUNBOOK + step('{check}', 'sudo systemctl status api')).map(shown)).toEqual(['sudo-in-check: sudo']);
    expect(inDocument(`${RUNBOOK}${LEVEL}\n~~~bash {verify}\nsudo systemctl status api\n~~~\n`).map(shown)).toEqual(['sudo-in-check: sudo']);
    expect(codes(RUNBOOK + step('', 'sudo systemctl restart api'))).toEqual([]);
  });
});

describe('documents that are right', () => {
  const folder = join(import.meta.dirname, '../../../../runbooks');
  const samples = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.runbook.md'));

  it.each(samples)('%s gives nothing', (name) => {
    expect(inDocument(readFileSync(join(folder, name), 'utf8')).map(shown)).toEqual([]);
  });

  it(`the five plans give one finding, which is true: the lines below an ssh would run here${seedsMissing}`, () => {
    const all = seedFiles.flatMap((file) => inDocument(readFileSync(file, 'utf8')).map(shown));
    expect(all).toEqual(seedFiles.length === 0 ? [] : ['opens-session: ssh staging-server']);
  });
});
