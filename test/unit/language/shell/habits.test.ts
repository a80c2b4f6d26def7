import { describe, expect, it } from 'vitest';
import { inBlock, inDocument, shown } from './kit.ts';

const found = (block: string, info?: string): readonly string[] => inBlock(block, info).map(shown);

describe('rm-unset', () => {
  it.each([
    ['rm -rf "$DIR/"', '"$DIR/"'],
    ['rm -rf $DIR/*', '$DIR/*'],
    ['sudo rm -r -f "${DIR}"/releases', '"${DIR}"/releases'],
    ['rm --recursive "${DIR:-}/x"', '"${DIR:-}/x"'],
    ['rm -rf "/srv/app/$VERSION"', '"/srv/app/$VERSION"'],
    ['DIR=$(cat dir.txt)\nrm -rf "$DIR/x"', '"$DIR/x"'],
    ['DIR=\nrm -rf "$DIR/x"', '"$DIR/x"'],
    ['rm -rf "$DIR/x"\nset -u', '"$DIR/x"'],
  ])('%s', (block, at) => {
    expect(found(block)).toEqual([`rm-unset: ${at}`]);
  });

  it('says what an empty variable would remove, and what stops it', () => {
    expect(inBlock('rm -rf "$DIR/"')[0]?.message).toMatch(/If DIR is empty or not set, this removes everything below \/\. Write \$\{DIR:\?\}/);
    expect(inBlock('rm -rf /srv/app/$V')[0]?.message).toContain('all of /srv/app/');
    expect(inBlock('rm -rf $V/etc')[0]?.message).toContain('/etc at the root of the disk');
  });

  it.each([
    'rm -rf "${DIR:?}/"',
    'DIR=/srv/app\nrm -rf "$DIR/"',
    'DIR="$HOME/app"\nrm -rf "$DIR/"',
    'DIR=$(mktemp -d)\nrm -rf "$DIR/x"',
    'set -euo pipefail\nrm -rf "$DIR/"',
    'set -o nounset\nrm -rf "$DIR/"',
    ': "${DIR:?not set}"\nrm -rf "$DIR/"',
    '[ -n "$DIR" ] && rm -rf "$DIR/"',
    'if [[ -d $DIR ]]; then rm -rf "$DIR/x"; fi',
    'for d in a b; do rm -rf "$d/x"; done',
    'rm -rf "$HOME/x" "$DIR" $DIR',
    "rm -rf '$DIR/'",
    'rm "$DIR/x"',
    'rm -rf "app-$VERSION" "./$DIR/x"',
  ])('is silent on %s', (block) => {
    expect(found(block)).toEqual([]);
  });

  it('knows the values that a block or every run is given', () => {
    expect(found('rm -rf "$DIR/x"', 'bash {irreversible env.DIR=/srv/app}')).toEqual([]);
    const document = (inputs: string): string => `---\nrunbook: 1\n${inputs}\n---\n# T\n\n## S\n\n\`\`\`bash {irreversible}\nrm -rf "$DIR/x"\n\`\`\`\n`;
    expect(inDocument(document('inputs:\n  DIR:\n    required: true')).map(shown)).toEqual([]);
    expect(inDocument(document('inputs:\n  OTHER:\n    required: true')).map(shown)).toEqual(['rm-unset: "$DIR/x"']);
    expect(inDocument(document('environments:\n  staging:\n    env:\n      DIR: /a\n  production:\n    env:\n      DIR: /b')).map(shown)).toEqual([]);
    expect(inDocument(document('environments:\n  staging:\n    env:\n      DIR: /a\n  production:\n    env:\n      OTHER: /b')).map(shown)).toEqual(['rm-unset: "$DIR/x"']);
  });

  it('knows Remove-Item', () => {
    expect(found('Remove-Item -Recurse -Force "$dir\\*"', 'pwsh {irreversible}')).toEqual(['rm-unset: "$dir\\*"']);
    expect(found('$dir = "C:\\app"\nRemove-Item -Recurse "$dir\\*"', 'pwsh {irreversible}')).toEqual([]);
    expect(found('if (-not $dir) { throw "no" }\nRemove-Item -Recurse "$dir\\*"', 'pwsh {irreversible}')).toEqual([]);
    expect(found('Remove-Item "$dir\\a.txt"', 'pwsh {irreversible}')).toEqual([]);
  });
});

describe('pipe-to-shell', () => {
  it.each([
    'curl -fsSL https://example.com/install.sh | sh',
    'curl -fsSL https://example.com/install.sh | sudo -E bash -s -- --yes',
    'wget -qO- https://example.com/i | tee log | bash -',
    'bash <(curl -s https://example.com/i)',
    'sh -c "$(curl -fsSL https://example.com/i)"',
    'eval "$(curl -s https://example.com/env)"',
    'source <(curl -s https://example.com/env)',
    'curl -s https://example.com/get.py | python3 -',
  ])('%s', (block) => {
    expect(found(block)).toEqual([`pipe-to-shell: ${block}`]);
  });

  it.each([
    'curl -s https://example.com/status | python3 -m json.tool',
    'curl -s https://example.com/status | jq -r .ok | sh check.sh',
    'curl -s https://example.com/status | bash -c "cat >/dev/null"',
    'eval "$(ssh-agent -s)"',
    'for host in $(curl -s https://example.com/hosts); do bash -c "echo $host"; done',
    'curl -o install.sh https://example.com/i && sha256sum -c install.sha256 && sh install.sh',
    'cat install.sh | sh',
  ])('is silent on %s', (block) => {
    expect(found(block)).toEqual([]);
  });

  it('knows Invoke-Expression', () => {
    for (const block of ['iex (iwr https://example.com/i.ps1)', 'irm https://example.com/i.ps1 | iex', "Invoke-Expression ((New-Object System.Net.WebClient).DownloadString('https://example.com/i.ps1'))"]) expect(found(block, 'pwsh {irreversible}')).toEqual([`pipe-to-shell: ${block}`]);
    expect(found('Invoke-WebRequest https://example.com/i.ps1 -OutFile i.ps1\niex "Get-Date"', 'pwsh {irreversible}')).toEqual([]);
  });
});

describe('credential-in-clear', () => {
  it.each([
    ['export DB_PASSWORD=hunter2', 'hunter2'],
    ['PGPASSWORD=s3cr3t psql -c "select 1"', 's3cr3t'],
    ['API_KEY="abc123def"', '"abc123def"'],
    ['tool --password=abc123 run', '--password=abc123'],
    ['tool --token abc123def run', 'abc123def'],
    ['mysql -uapp -ps3cr3t orders', '-ps3cr3t'],
    ['curl -u admin:s3cr3t https://example.com', 'admin:s3cr3t'],
    ['curl -H "Authorization: Bearer eyJhbGciOiJ" https://example.com', '"Authorization: Bearer eyJhbGciOiJ"'],
    ['curl -H "X-Api-Key: 9f8e7d6c" https://example.com', '"X-Api-Key: 9f8e7d6c"'],
    ['psql postgres://app:hunter22@db/orders', 'postgres://app:hunter22@db/orders'],
    ['docker login -u ci -p abcdefgh registry.example.com', 'abcdefgh'],
    ['docker run -e DB_PASSWORD=hunter2 app', 'DB_PASSWORD=hunter2'],
    ['helm upgrade app ./chart --set db.password=hunter2', 'db.password=hunter2'],
    ['echo AKIAABCDEFGHIJKLMNOP', 'AKIAABCDEFGHIJKLMNOP'],
  ])('%s', (block, at) => {
    expect(found(block)).toEqual([`credential-in-clear: ${at}`]);
  });

  it('never repeats the secret', () => {
    for (const block of ['export DB_PASSWORD=hunter2', 'curl -u admin:hunter2 x']) expect(inBlock(block)[0]?.message).not.toContain('hunter2');
  });

  it.each([
    'export DB_PASSWORD=$(vault read -field=password secret/db) TOKEN="$CI_TOKEN"',
    'export DB_PASSWORD=<password> TOKEN=[your token]',
    'DB_PASSWORD=changeme API_KEY=your-api-key SECRET=xxxx TOKEN=...',
    'PASSWORD_FILE=/run/secrets/db PASSWORD=/run/secrets/db TOKEN_TTL=30m OLDPWD=/x',
    'curl -H "Authorization: Bearer $TOKEN" -u "$USER:$PASSWORD" https://example.com',
    'curl -u admin https://example.com:8443/a@b',
    'psql "postgres://app:${PGPASSWORD}@db/orders"',
    'tool --password-stdin --token-file x --secret-name orders-db --use-token',
    'mysql -p orders; mkdir -p secret; ssh -p 2222 host',
    'docker build --secret id=npm,src=.npmrc . && docker service create --secret db_credentials app',
    'curl amqp://guest:guest@localhost',
    'echo AKIAIOSFODNN7EXAMPLE',
    'kubectl get secret token',
    'git clone ssh://git@example.com:22/repo.git',
  ])('is silent on %s', (block) => {
    expect(found(block)).toEqual([]);
  });

  it('knows PowerShell', () => {
    expect(found('$env:API_KEY = "abc123def"\n$dbPassword = \'hunter2\'', 'pwsh {irreversible}')).toEqual(['credential-in-clear: "abc123def"', "credential-in-clear: 'hunter2'"]);
    expect(found('$password = $env:DB_PASSWORD\n$token = Get-Token\n$secret = "$value"', 'pwsh {irreversible}')).toEqual([]);
  });
});

describe('cd-unguarded', () => {
  it.each([
    ['cd "$APP"\nrm -rf releases', 'cd "$APP"'],
    ['cd /srv/app\nls\nrm -f *.log', 'cd /srv/app'],
    ['cd build\nfind . -name "*.o" -delete', 'cd build'],
  ])('%s', (block, at) => {
    expect(found(block)).toEqual([`cd-unguarded: ${at}`]);
  });

  it.each(['cd "$APP" || exit 1\nrm -rf releases', 'cd "$APP" && rm -rf releases', 'set -e\ncd "$APP"\nrm -rf releases', 'cd "$APP"\nrm -rf /tmp/x', 'cd "$APP"\nrm notes.txt', 'if cd "$APP"; then rm -rf releases; fi', 'cd a\ncd /tmp\nrm -rf x'])('is silent on %s', (block) => {
    expect(found(block)).toEqual([]);
  });
});

describe('pipe-hides-failure', () => {
  it('a dump in a pipe whose exit code is lost', () => {
    expect(found('pg_dump orders | gzip > orders.sql.gz')).toEqual(['pipe-hides-failure: pg_dump orders']);
    expect(found('docker exec db mysqldump --all-databases | gzip > all.sql.gz')).toEqual(['pipe-hides-failure: docker exec db mysqldump --all-databases']);
  });

  it.each(['set -o pipefail\npg_dump orders | gzip > orders.sql.gz', 'set -euo pipefail\npg_dump orders | gzip > o.gz', 'pg_dump orders > orders.sql', 'echo x | pg_dump orders', 'cat orders.sql | psql'])('is silent on %s', (block) => {
    expect(found(block)).toEqual([]);
  });
});

describe('opens-session', () => {
  it.each(['ssh staging', 'ssh -i key.pem -p 22 ops@host', 'sudo -i', 'sudo su - postgres', 'docker exec -it app bash', 'kubectl exec -it pod/app -- sh'])('%s with commands below', (opens) => {
    expect(found(`${opens}\nuptime`)).toEqual([`opens-session: ${opens}`]);
  });

  it.each(['ssh staging', 'ssh staging uptime\nls', 'ssh staging <<EOF\nuptime\nEOF\nls', 'ssh -N -L 1:localhost:2 host\nls', 'ssh -f host\nls', 'su -c "ls" postgres\nls', 'sudo systemctl restart app\nls', 'docker exec app uptime\nls', 'ssh host && ls'])('is silent on %s', (block) => {
    expect(found(block)).toEqual([]);
  });
});
