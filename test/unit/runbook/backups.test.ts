import { describe, expect, it } from 'vitest';
import { keptIn } from '../../../src/core/runbook/backups/model.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const ENVIRONMENTS = 'environments:\n  staging: {}\n  production: {}\n';
const DECLARED = 'backups:\n  orders-db: { description: Orders, keep: { production: 10, staging: 5 } }\n';
const block = (words: string): string => `\n\`\`\`bash {${words}}\nx\n\`\`\`\n`;
const parse = (yaml: string, body = ''): ReturnType<typeof parseRunbook> => parseRunbook(`---\n${ENVIRONMENTS}${yaml}---\n\n# R\n${body}`);
const found = (yaml: string, body = ''): readonly string[] => parse(yaml, body).diagnostics.map(({ severity, code, line }) => `${severity} ${code} ${String(line)}`);

describe('backups of the front matter and of blocks', () => {
  it('are read, with how many are kept where', () => {
    const runbook = parse(`${DECLARED.trimEnd()}\n  files: { keep: 3 }\n  logs:\n`, `${block('#b backup=orders-db capture=NAME')}${block('#p prune=orders-db')}${block('#d deploys=NAME commit=NAME schema=NAME')}${block('level=1 restore=orders-db')}`);
    const [orders, files, logs] = runbook.frontMatter.backups ?? [];
    expect([orders, files, logs].map((each) => [each?.name, each?.description])).toEqual([['orders-db', 'Orders'], ['files', null], ['logs', null]]);
    expect([orders, files, logs].map((each) => (each === undefined ? [] : ['production', 'staging', 'other', null].map((name) => keptIn(each.keep, name))))).toEqual([[10, 5, null, null], [3, 3, 3, 3], [null, null, null, null]]);
    expect(runbook.steps.map(({ commands }) => [commands[0]?.options.backup, commands[0]?.options.states])).toEqual([
      [{ act: 'makes', of: 'orders-db' }, undefined],
      [{ act: 'prunes', of: 'orders-db' }, undefined],
      [undefined, { release: 'NAME', commit: 'NAME', schema: 'NAME' }],
    ]);
    expect(runbook.rollbackLevels[0]?.commands[0]?.options.backup).toEqual({ act: 'restores', of: 'orders-db' });
    expect(runbook.diagnostics.map(({ message }) => message)).toEqual([]);
  });

  it.each([
    ['backups: []\n', '', 'error bad-value 5'],
    ['backups:\n  db: 5\n', '', 'error bad-value 6'],
    ['backups:\n  a b: {}\n', '', 'error bad-value 6'],
    ['backups:\n  db: { keep: 0 }\n', '', 'error bad-value 6'],
    ['backups:\n  db: { keep: -1 }\n', '', 'error bad-value 6'],
    ['backups:\n  db: { keep: 1.5 }\n', '', 'error bad-value 6'],
    ['backups:\n  db: { keep: { staging: many } }\n', '', 'error bad-value 6'],
    ['backups:\n  db: { keep: { stagign: 5 } }\n', '', 'error bad-value 6'],
    ['backups:\n  db: { kepp: 5 }\n', '', 'error unknown-key 6'],
    ['backps:\n  db: {}\n', '', 'warning unknown-key 5'],
    [DECLARED, block('#a backup capture=N'), 'error bad-value 11'],
    [DECLARED, block('#a backup=orders-bd capture=N'), 'error unknown-backup 11'],
    [DECLARED, block('#a backup=orders-db'), 'error backup-without-capture 11'],
    [DECLARED, block('#a prune=orders'), 'error unknown-backup 11'],
    [DECLARED, block('level=1 restore=nothing'), 'error unknown-backup 11'],
    [DECLARED, block('#a prune=orders-db restore=orders-db'), 'error bad-value 11'],
    [DECLARED, block('#a deploys=NOBODY'), 'error unknown-value 11'],
    [DECLARED, block('#a commit=NOBODY'), 'error unknown-value 11'],
    [DECLARED, block('#a schema'), 'error bad-value 11'],
    [`${DECLARED}inputs:\n  TOKEN: { secret: true }\n`, block('#a deploys=TOKEN'), 'error unknown-value 13'],
    [`${DECLARED}inputs:\n  BACKUP: {}\n`, block('level=1 restore=orders-db'), 'warning shadowed-input 13'],
    [DECLARED, '\n```http {check backup=orders-db}\nGET http://127.0.0.1/\n```\n', 'error bad-value 11'],
    [DECLARED, '\n```bash {background backup=orders-db capture=N}\nx\n```\n', 'error misplaced-attribute 11'],
  ])('are reported when they are wrong: %j %j', (yaml, body, expected) => {
    expect(found(yaml, body)).toContain(expected);
  });

  it('keep all where the number is wrong, so that nothing goes by mistake', () => {
    expect(parse('backups:\n  db: { keep: { staging: 0, production: 2 } }\n').frontMatter.backups?.[0]?.keep).toEqual({ everywhere: null, of: [{ environment: 'production', keep: 2 }] });
  });

  it('take an input, a variable of an environment and a captured value for what is deployed', () => {
    expect(found(`inputs:\n  VERSION: {}\n`, block('#d deploys=VERSION') + block('#e capture=SHA commit=SHA'))).toEqual([]);
  });
});
