import { describe, expect, it } from 'vitest';
import { inBlock, inDocument, shown } from './kit.ts';

const BROKEN: readonly (readonly [block: string, at: string, says: RegExp])[] = [
  ['echo "abc', '"', /never closed: a " is missing/],
  ["echo 'it", "'", /never closed: a ' is missing/],
  ['if true; then\n  echo x', 'if', /“fi” is missing/],
  ['if true\n  echo x\nfi', 'if', /lacks its “then”/],
  ['for i in a b\n  echo $i\ndone', 'for', /lacks its “do”/],
  ['while true; do\n  sleep 1', 'while', /“done” is missing/],
  ['case $x in\n  a) echo a;;', 'case', /“esac” is missing/],
  ['case $x in\n  a) if true; then echo a;;\nesac', 'if', /before this “;;”/],
  ['echo $(date', '(', /“\)” is missing/],
  ['(cd /srv && ls', '(', /“\)” is missing/],
  ['f() {\n  echo x', '{', /“}” is missing/],
  ['echo x\nfi', 'fi', /closes or continues nothing/],
  ['echo x )', ')', /closes or continues nothing/],
  ['ls | | wc -l', '|', /no command in front of “\|”/],
  ['ls &&', '&&', /Nothing stands behind “&&”/],
  ['if true; then\nfi', 'fi', /Nothing stands between “then” and “fi”/],
  ['[[ -f x && echo y\nls', '[[', /has no “\]\]”/],
  ['if [ -f x; then echo y; fi', '[', /has no “\]”/],
  ['cat <<EOF\nhello\n  EOF', '<<', /a line that holds nothing but EOF/],
  ['echo hello (world)', '(', /put quotes around/],
];

describe('a block that a shell cannot read', () => {
  it.each(BROKEN)('%s', (block, at, says) => {
    const [found, ...more] = inBlock(block);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ severity: 'error', code: 'shell-syntax', message: expect.stringMatching(says) as string });
    expect(found?.command.text.slice(found.start, found.end)).toMatch(new RegExp(`^\\$?${at.replace(/[()[\]|{}]/g, '\\$&')}`));
  });

  it('names the quote that goes on over its line, and not the last one, which is right', () => {
    const [found] = inBlock('echo "start\necho "middle"\necho "end"\n');
    expect(found).toMatchObject({ code: 'shell-syntax', start: 5, end: 6, message: expect.stringContaining('on line 1 of the block') as string });
  });

  it('says only the first one of a block', () => {
    expect(inBlock('fi\ndone\necho "').map(shown)).toEqual(['shell-syntax: fi']);
  });
});

describe('what shells do read', () => {
  it.each([
    'for i\ndo echo $i; done',
    'for ((i=0; i<3; i++)); do echo $i; done',
    'while ! [[ $x =~ ^a(b|c)$ ]] do sleep 1; done',
    'case $x in (a|b) echo 1 ;; *) echo 2 ;& esac',
    'cat <<-EOF | grep x && echo "y\nz"\n\thello (you) "\n\tEOF',
    "cat <<'EOF'\nit's $(\nEOF",
    'x=${y:-"a b"} z=${x%%[0-9]*} a=(1 "2 3" $(date)) ; a+=(4)',
    'if (true) then { echo a; } fi',
    'echo $(case $x in a) echo 1;; esac) `date +%s` $((1 << 2)) $\'it\\\'s\'',
    'diff <(ls a) <(ls b) >/dev/null 2>&1 || true',
    'time ls & wait; ! false',
    'f () { local a=1; }; f; g() ( ls )',
    'echo a#b # it\'s a comment (\nls {a,b}.txt !(x).md',
    'curl -s https://x/?a=1\\&b=2 > out.json; ls "$(dirname "$0")/.."',
    'git commit -m "it is \\"quoted\\" and (fine)"',
    'echo é𝒳 "日本" && echo ok',
  ])('%s', (block) => {
    expect(inBlock(block)).toEqual([]);
  });

  it('placeholders are words, whatever brackets they have', () => {
    expect(inBlock('deploy <version> --to [environment] && echo {{region}} {cluster} "<who>"\ncp <source>/a <target>')).toEqual([]);
  });

  it('what only a person takes for a placeholder is no error of syntax', () => {
    for (const block of ['ssh <user@host>', 'curl <https://example.com/x>', 'ops/do <1.2.3> now', 'ops/do ... && ops/do …', 'helm upgrade {{ .Release.Name }}']) expect(inBlock(block).filter(({ code }) => code === 'shell-syntax')).toEqual([]);
    expect(inBlock('ls >').map(shown)).toEqual(['shell-syntax: >']);
  });

  it('nothing is said of zsh, whose syntax is another one, or of shells without a grammar', () => {
    for (const language of ['zsh', 'fish', 'cmd', 'bat']) expect(inBlock('for f (*.txt) { echo "$f\n', `${language} {irreversible}`)).toEqual([]);
  });

  it('the shell that counts is that of the block, its program, or the document', () => {
    const broken = 'if true; then';
    expect(inBlock(broken, 'bash {shell=fish irreversible}')).toEqual([]);
    expect(inBlock(broken, 'bash {interpreter=python3 irreversible}')).toEqual([]);
    expect(inBlock(broken, 'bash {file=notes.txt}')).toEqual([]);
    expect(inBlock(broken, 'text {interpreter="bash -e" irreversible}').map(shown)).toEqual(['shell-syntax: if']);
    const plain = (shell: string): string => `---\nrunbook: 1\nshell: ${shell}\n---\n# T\n\n## S\n\n\`\`\`shell\n${broken}\n\`\`\`\n`;
    expect(inDocument(plain('fish'))).toEqual([]);
    expect(inDocument(plain('bash')).map(shown)).toEqual(['shell-syntax: if']);
  });

  it('of a session only the commands are read', () => {
    expect(inBlock('$ echo one\nan "odd answer\n$ echo two', 'console')).toEqual([]);
    expect(inBlock('$ echo "one\n$ ls', 'console').map(shown)).toEqual(['shell-syntax: "']);
  });
});

describe('PowerShell', () => {
  it.each([
    ['if ($a) { Get-Item x', '{', /a “}” is missing/],
    ['Write-Host "abc', '"', /never closed/],
    ['Get-Item x }', '}', /closes nothing/],
    ['Get-Item (Join-Path a b', '(', /a “\)” is missing/],
  ])('%s', (block, at, says) => {
    expect(inBlock(block, 'powershell {irreversible}').map((found) => [shown(found), says.test(found.message)])).toEqual([[`shell-syntax: ${at}`, true]]);
  });

  it.each([
    'Get-ChildItem -Recurse | Where-Object { $_.Name -match "a(b" } # it\'s } fine',
    '$x = @"\nit\'s "here" {\n"@\nWrite-Host $x',
    'if ($a -eq 1) { "x" } else { \'it\'\'s\' }',
    'Write-Host "`"quoted`" $(Get-Date -Format "yyyy") done"',
  ])('reads %s', (block) => {
    expect(inBlock(block, 'pwsh {irreversible}')).toEqual([]);
  });
});
