import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillPlaceholders } from '../../src/core/run/placeholders.ts';
import type { Shell } from '../../src/core/run/shell/shells.ts';
import { UserError } from '../../src/core/userError.ts';
import { commandWithFields } from '../fakes/commands.ts';

/** Values that try to get out of their quotes; P is a file that must never come to be. */
const HOSTILE = [
  "'; touch P #",
  '"; touch P #',
  '$(touch P)',
  '`touch P`',
  '${X:=$(touch P)}',
  '(touch P)',
  '; touch P;',
  '| touch P',
  '&& touch P',
  '> P',
  '* ? [a-z] {a,b} ~',
  '\\',
  "\\'; touch P #",
  '\\"; touch P #',
  '"\'"\'',
  "'\"'; touch P; '\"'",
  ' spaces  inside ',
  'grüße 🚀 日本',
  '!! %s %n \\n',
  'EOF',
  'a[$(touch P)]',
  '$HOME',
  '#',
];

/** Blocks whose output shows what arrived. The oracle is the same block with inert letters in the placeholder's place. */
const POSIX_BLOCKS = [
  "printf '[%s]' x<x>",
  "printf '[%s]' <x>",
  `printf '[%s]' "a <x> b"`,
  `printf '[%s]' 'a <x> b'`,
  `printf '[%s]' "$(printf %s <x>)" tail`,
  `printf '[%s]' "$(printf %s "in <x> in" 'and <x>')"`,
  `V=<x>; printf '[%s]' "$V" "\${V}"`,
  `V="a<x>"; for w in "$V" <x> 'q<x>'; do printf '[%s]' "$w"; done`,
  'cat <<EOF\n<x> "<x>" \'<x>\' $(printf %s <x>)\nEOF',
  'cat <<-EOF | tr a-z a-z\n\tdash <x>\n\tEOF\nprintf %s <x>',
  `cat <<'ONE' <<TWO; printf '[%s]' <x>\nit's "literal\nONE\nit's <x>\nTWO\nprintf '[%s]' after<x>`,
  `# don't <y>\nprintf '[%s]' <x> # it's "here\nprintf '[%s]' <x>`,
  `case <x> in "") ;; *) printf '[%s]' "case <x>";; esac`,
  `f() { printf '[%s]' "$@"; }; f <x> "\${HOME:+<x>}" || true; (f 'sub <x>')`,
  `if [ "<x>" = <x> ]; then printf '[%s]' same; fi`,
  `printf '[%s]' it\\'s "\\"" '\\' <x>`,
  `printf '[%s]' $((1+2)) "\${UNSET:-d}" $(( $(printf 3) * 2 )) <x>`,
  `printf '[%s]' <x>#nocomment "'<x>'"`,
];
const FISH_BLOCKS = [
  "printf '[%s]' x<x>",
  "printf '[%s]' <x>",
  `printf '[%s]' "a <x> b<x>c [1]"`,
  `printf '[%s]' 'a <x> it\\'s <x>'`,
  `printf '[%s]' (printf '%s' <x>) "t $(printf %s "<x>")"`,
  `set v <x>; printf '[%s]' $v "$v"`,
  `# don't <y>\nif test "<x>" = <x>; printf '[%s]' same; end`,
  `for w in <x> 'q<x>'; printf '[%s]' $w; end`,
  `printf '[%s]' {<x>,b}c \\' \\" <x>`,
];

const MARK = 'Zq7mark';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runbooks-fields-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const SHELLS: readonly { readonly program: string; readonly shell: Shell; readonly blocks: readonly string[] }[] = [
  { program: 'bash', shell: 'bash', blocks: POSIX_BLOCKS },
  { program: 'dash', shell: 'sh', blocks: POSIX_BLOCKS },
  { program: 'zsh', shell: 'zsh', blocks: POSIX_BLOCKS },
  { program: 'fish', shell: 'fish', blocks: FISH_BLOCKS },
];

for (const { program, shell, blocks } of SHELLS) {
  describe.skipIf(!onPath(program))(`values in ${program}`, () => {
    test('arrive byte for byte or are refused, and never run', { timeout: 60_000 }, async () => {
      let accepted = 0;
      for (const block of blocks) {
        const expected = await run(program, block.replaceAll('<x>', MARK), {});
        expect(expected, block).toContain(block.includes('same') ? 'same' : MARK);
        await Promise.all(
          HOSTILE.map(async (value) => {
            const filled = fill(block, shell, value);
            if (filled === null) return;
            accepted += 1;
            expect(await run(program, filled.text, filled.variables), `${block}\nwith ${value}`).toBe(expected.replaceAll(MARK, value));
          }),
        );
        expect(existsSync(join(folder, 'P')), block).toBe(false);
      }
      expect(accepted).toBeGreaterThan(blocks.length * 8);
    });

    test('stay inside any composition of quotes', { timeout: 120_000 }, async () => {
      let accepted = 0;
      const script = shell === 'fish' ? fishScript : posixScript;
      await fc.assert(
        fc.asyncProperty(script, fc.constantFrom(...HOSTILE), async (block, value) => {
          const filled = fill(block, shell, value);
          if (filled === null) return;
          accepted += 1;
          const [expected, got] = await Promise.all([run(program, block.replaceAll('<x>', MARK), {}), run(program, filled.text, filled.variables)]);
          expect(existsSync(join(folder, 'P'))).toBe(false);
          // A block that is no valid script for this shell shows nothing with any value.
          if (expected !== '') expect(got).toBe(expected.replaceAll(MARK, value));
        }),
        { numRuns: Number(process.env['FIELD_RUNS'] ?? (shell === 'fish' ? 40 : 120)) },
      );
      expect(accepted).toBeGreaterThan(10);
    });
  });
}

const odd = fc.constantFrom('`printf <x>`', `$'a<x>'`, '\\<x>', '"\\<x>"', '"', `\${V:-"<x>"}`, `"$(cat <<E\n<x>\nE\n)"`);
const plainWord = fc.constantFrom('<x>', 'plain', "it\\'s", `"dq <x>"`, `'sq <x>'`, `"$(printf %s <x>)"`, `$(printf %s "<x>")`, `"a'<x>'b"`, `'a"<x>"b'`, `"\\"<x>"`, `"\${V:-z}"`, '$((1+1))', `"$(printf '%s' 'n <x>' # c'\n)"`, '#no', "''", '""', 'k=<x>');
const word = fc.oneof({ weight: 15, arbitrary: plainWord }, { weight: 1, arbitrary: odd });
const words = fc.array(fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')), { minLength: 1, maxLength: 4 }).map((list) => list.join(' '));
const posixScript = fc
  .array(
    fc.oneof(
      words.map((list) => `printf '[%s]' ${list}`),
      words.map((list) => `# it's ${list.replaceAll('\n', ' ')}`),
      words.map((list) => `cat <<EOF\n${list}\nEOF`),
      words.map((list) => `cat <<'EOF'\n${list.replaceAll('<x>', 'lit')} it's\nEOF`),
      words.map((list) => `case a in a) printf '[%s]' ${list};; esac`),
      words.map((list) => `( printf '[%s]' ${list} )`),
      words.map((list) => `V=x; if true; then printf '[%s]' "$V" ${list}; fi`),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((lines) => lines.join('\n'));
const fishWord = fc.constantFrom('<x>', 'plain', `"dq <x>"`, `'sq <x>'`, `"$(printf %s <x>)"`, `(printf %s "<x>")`, `"a'<x>'(b"`, `'a"<x>"(b'`, `"\\"<x>"`, `'it\\'s<x>'`, `{<x>,b}`, 'k=<x>', '#no');
const fishScript = fc
  .array(fc.array(fc.array(fishWord, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')), { minLength: 1, maxLength: 4 }).map((list) => `printf '[%s]' ${list.join(' ')}`), { minLength: 1, maxLength: 3 })
  .map((lines) => lines.join('\n'));

function fill(block: string, shell: Shell, value: string): { readonly text: string; readonly variables: Readonly<Record<string, string>> } | null {
  try {
    return fillPlaceholders(commandWithFields(block.replaceAll('<y>', 'y'), shell), shell, new Map([['x', value]]));
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function run(program: string, text: string, variables: Readonly<Record<string, string>>): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8', ...variables };
  return new Promise((resolve) => {
    execFile(program, ['-c', text], { cwd: folder, env, timeout: 20_000 }, (_error, stdout) => {
      resolve(stdout);
    });
  });
}

function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((place) => existsSync(join(place, program)));
}
