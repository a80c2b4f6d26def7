import { describe, expect, test } from 'vitest';
import { problemWith } from '../../../src/core/run/fieldValue.ts';
import { fieldNeeds, fillPlaceholders } from '../../../src/core/run/placeholders.ts';
import { evaluatorIn } from '../../../src/core/run/shell/evaluators.ts';
import { shellOf, type Shell } from '../../../src/core/run/shell/shells.ts';
import { commandOf, commandWithFields } from '../../fakes/commands.ts';

const fill = (text: string, shell: Shell = 'bash', value = 'v'): string => fillPlaceholders(commandWithFields(text), shell, new Map([['x', value]])).text;
const refusal = (text: string, shell: Shell = 'bash', value = 'v'): string => {
  try {
    return `allowed: ${fill(text, shell, value)}`;
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('a value', () => {
  test.each([
    ['echo <x>', 'echo "${RUNBOOK_FIELD_1}"'],
    ['echo "a <x> b"', 'echo "a ${RUNBOOK_FIELD_1} b"'],
    ["echo 'a <x> b'", `echo 'a '"\${RUNBOOK_FIELD_1}"' b'`],
    ['echo "$(printf %s "<x>")"', 'echo "$(printf %s "${RUNBOOK_FIELD_1}")"'],
    ['cat <<E\n<x>\nE\n', 'cat <<E\n${RUNBOOK_FIELD_1}\nE\n'],
    ['# about <x>\necho <x>', '# about <x>\necho "${RUNBOOK_FIELD_1}"'],
    ['RUNBOOK_FIELD_1=a <x>', 'RUNBOOK_FIELD_1=a "${RUNBOOK_FIELD__1}"'],
  ])('in %j is a reference', (text, filled) => {
    expect(fill(text)).toBe(filled);
  });

  test('in fish and PowerShell too', () => {
    expect(fill(`echo <x> "a <x>b" 'c <x>'`, 'fish')).toBe(`echo "$RUNBOOK_FIELD_1" "a ""$RUNBOOK_FIELD_1""b" 'c '"$RUNBOOK_FIELD_1"''`);
    expect(fill('echo <x> "a <x>b"', 'pwsh')).toBe('echo ${env:RUNBOOK_FIELD_1} "a ${env:RUNBOOK_FIELD_1}b"');
  });

  test.each([
    ["cat <<'E'\n<x>\nE", 'taken literally'],
    ["echo $'<x>'", 'inside $'],
    ['echo `echo <x>`', 'backticks'],
    ['echo $((1 + <x>))', 'arithmetic'],
    ['echo ${V:-<x>}', 'inside ${…}'],
    ['echo \\<x>', 'a backslash stands right before it'],
    ['echo "open <x>', 'do not match up'],
    ['echo "${V:-"q"}" <x>', 'quotes inside ${…}'],
    ['cat <<E\nx\n', 'allowed: cat'],
    ['cat <<E\n<x>\n', 'never closed'],
    ['echo "$(case a in a) echo;; esac)" <x>', 'case'],
  ])('in %j: %s', (text, words) => {
    expect(refusal(text)).toContain(words);
  });

  test('has no place in cmd, nor in single quotes of PowerShell', () => {
    expect(refusal('echo <x>', 'cmd')).toContain('cmd has no way');
    expect(refusal("echo '<x>'", 'pwsh')).toContain('use double quotes');
  });

  test.each([
    ['echo <x>', '-rf', 'take for an option'],
    ['echo "$EMPTY<x>"', '-rf', 'take for an option'],
    ['echo --tag=<x>', '-rf', 'allowed'],
    ['echo <x>', ' ', 'is empty'],
    ['echo <x>', 'a\nb', 'line break'],
    ['echo <x>', 'a\u202eb', 'cannot be seen'],
    ['echo <x>', '\ud800', 'cannot be seen'],
    ['echo <x>', 'x'.repeat(5000), 'longer than'],
    ['echo <x>', 'it’s 100% $fine', 'allowed'],
    ['ssh host "ls <x>"', '$(touch P)', '“ssh”'],
    ['ssh host "ls <x>"', 'v1.2.3', 'allowed'],
    ['echo $(echo <x>)', 'a b', 'unquoted $(…)'],
  ])('in %j %j: %s', (text, value, words) => {
    expect(refusal(text, 'bash', value)).toContain(words);
  });
});

test.each([
  ['eval "$X"', 'eval'],
  ['sh -c "echo $X"', 'sh'],
  ['/usr/bin/env bash script', 'bash'],
  ['docker exec web sh -c "x"', 'sh'],
  ['psql -c "select 1"', 'psql'],
  ['echo x | sudo sh', 'sh'],
  ['[[ $X -eq 1 ]]', 'arithmetic test'],
  ['echo ${!X}', 'indirect'],
  ['su -c x', 'su'],
  ['echo reboot | at noon', 'runs its input'],
])('%j evaluates strings', (text, words) => {
  expect(evaluatorIn(text)).toContain(words);
});

test.each(['./deploy.sh --tag=v1', 'git push origin main', 'curl -fsS "http://h/p?q=1"', 'kubectl set image deploy/web web=img', 'echo ${X:-default}', 'if [ -f x ]; then echo y; fi', 'cp a b', 'docker exec web ls', 'git commit -m "Deployed at noon"'])('%j does not', (text) => {
  expect(evaluatorIn(text)).toBeNull();
});

test('needs of one name in several places come together', () => {
  expect(fieldNeeds(commandWithFields('echo a<x> <x>'), 'bash')).toEqual([{ name: 'x', evaluatedBy: null, beginsWord: true }]);
  expect(problemWith('ok', { name: 'x', evaluatedBy: null, beginsWord: true })).toBeNull();
});

test.each([
  [{ language: 'bash' }, null, 'bash'],
  [{ language: 'sh' }, 'zsh', 'sh'],
  [{ language: 'powershell' }, null, 'pwsh'],
  [{ language: 'bat' }, null, 'cmd'],
  [{ language: 'console' }, null, 'bash'],
  [{ language: 'shell-session' }, 'zsh', 'zsh'],
  [{ language: 'bash', shell: 'FISH' }, null, 'fish'],
] as const)('the shell of %j with %j is %s', (options, documentShell, shell) => {
  expect(shellOf(commandOf('x', options), documentShell)).toBe(shell);
});

test.each(['/tmp/evil', 'bash -c x', 'constructor', ''])('a program is not taken from the document: %j', (shell) => {
  expect(() => shellOf(commandOf('x', { shell }), null)).toThrow('is not one that can be used');
});

test('has no safe place in a block that is given to another program, which may not hand it on', () => {
  const behind = (interpreter: readonly string[]): readonly unknown[] => fieldNeeds({ ...commandWithFields('rm -rf releases/<x>'), options: { ...commandWithFields('').options, interpreter } }, 'bash');
  expect(() => behind(['sudo', 'bash'])).toThrow(/given to “sudo”, which may not hand the value on/);
  expect(behind(['bash', '-x'])).toHaveLength(1);
});
