import { afterEach, describe, expect, test } from 'vitest';
import { Bench, word } from './bench.ts';
import { installed } from './terminal.ts';

/** Every shape of block of the specification, in every terminal and by every interpreter. */
const POSIX_SHAPES: readonly (readonly [string, string, string, RegExp?])[] = [
  ['one line', 'echo hello', 'exit 0', /\nhello\r/],
  ['several lines', 'echo a\necho b\necho c\n', 'exit 0', /\na\r\nb\r\nc\r/],
  ['heredoc', 'cat <<END\nwithin\nEND\n', 'exit 0', /\nwithin\r/],
  ['heredoc followed by (exit 7)', 'cat <<END\nwithin\nEND\n(exit 7)\n', 'exit 7'],
  ['(...; exit 4)', '(echo sub; exit 4)\n', 'exit 4'],
  ['multi-line for', 'for i in 1 2 3\ndo\n  echo "n$i"\ndone\n', 'exit 0', /\nn1\r\nn2\r\nn3\r/],
  ['history characters', 'echo "Hello!world"\n', 'exit 0', /\nHello!world\r/],
  ['open quote', 'echo "never closed\n', 'error'],
  ['literal TAB', "printf '%s' 'a\tb' | od -An -c\n", 'exit 0', /a {2}\\t {3}b/],
  ['exit 5', 'exit 5\n', 'exit 5'],
  ['failure under set -e', 'set -e\nsh -c "exit 3"\necho not reached\n', 'exit 3'],
  ['exec', 'exec sh -c "exit 6"\n', 'exit 6'],
  ['1.5 MB of output', 'head -c 1500000 /dev/zero | tr "\\000" x\nexit 9\n', 'exit 9'],
  ['output that fakes completion', "printf '\\033]633;D;0\\007'; exit 7\n", 'exit 7'],
  ['no newline at the end', 'exit 8', 'exit 8'],
  ['empty', '', 'exit 0'],
  ['only a comment', '# nothing\n', 'exit 0'],
  ['command not found', 'surely_no_such_command\n', 'exit 127'],
  ['killed by SIGKILL', 'kill -9 $$\n', 'exit 137'],
];

const FISH_SHAPES: readonly (readonly [string, string, string, RegExp?])[] = [
  ['one line', 'echo hello', 'exit 0', /\nhello\r/],
  ['multi-line for', 'for i in 1 2 3\n  echo "n$i"\nend\n', 'exit 0', /\nn1\r\nn2\r\nn3\r/],
  ['history characters', 'echo "Hello!world"\n', 'exit 0', /\nHello!world\r/],
  ['open quote', 'echo "never closed\n', 'error'],
  ['literal TAB', "printf '%s' 'a\tb' | od -An -c\n", 'exit 0', /a {2}\\t {3}b/],
  ['exit 5', 'exit 5\n', 'exit 5'],
  ['last command failed', 'echo a\nfalse\n', 'exit 1'],
  ['exec', 'exec sh -c "exit 6"\n', 'exit 6'],
  ['1.5 MB of output', 'head -c 1500000 /dev/zero | tr "\\000" x\nexit 9\n', 'exit 9'],
  ['output that fakes completion', "printf '\\033]633;D;0\\007'; exit 7\n", 'exit 7'],
  ['command not found', 'surely_no_such_command\n', 'exit 127'],
  ['killed by SIGKILL', 'kill -9 $fish_pid\n', 'exit 137'],
];

const SHELLS = ['bash', 'sh', 'zsh', 'fish'] as const;

for (const terminalShell of SHELLS) {
  for (const blockShell of SHELLS) {
    const missing = [terminalShell, blockShell].filter((shell) => !installed(shell));
    const title = `${blockShell} blocks in a ${terminalShell} terminal`;
    if (missing.length > 0) {
      test.skip(`${title}: NOT TESTED, ${missing.join(' and ')} is not installed`, () => undefined);
      continue;
    }
    describe(title, () => {
      let bench: Bench | null = null;
      afterEach(async () => {
        await bench?.dispose();
        bench = null;
      });
      test('every shape ends as it really ended', { timeout: 120_000 }, async () => {
        bench = await Bench.open(terminalShell);
        const seen: Record<string, string> = {};
        const expected: Record<string, string> = {};
        for (const [name, block, wanted, output] of blockShell === 'fish' ? FISH_SHAPES : POSIX_SHAPES) {
          const before = bench.terminal.output.length;
          const end = await bench.run(block, { shell: blockShell });
          const ended = word(end);
          seen[name] = wanted === 'error' ? (/^exit [1-9]/.test(ended) ? 'error' : ended) : ended;
          expected[name] = wanted;
          if (output) {
            await bench.terminal.see(new RegExp(output, 's')).catch(() => undefined);
            seen[name] += output.test(bench.terminal.output.slice(before)) ? '' : ' without its output';
          }
        }
        expect(seen).toEqual(expected);
      });
    });
  }
}
