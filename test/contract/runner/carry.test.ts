import fc from 'fast-check';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BlockShell, EndState } from '../../../src/node/runner/executionState.ts';
import { Bench, word } from './bench.ts';
import { installed } from './terminal.ts';

/** What one step leaves is what the next step finds: environment and directory, in every shell. */

vi.setConfig({ testTimeout: 60_000 });
let bench: Bench;
let work: string;
beforeEach(async () => {
  work = await realpath(await mkdtemp(join(tmpdir(), 'runner-work-')));
});
afterEach(async () => {
  await bench.dispose();
  await rm(work, { recursive: true, force: true });
});

const SHELLS = (['bash', 'sh', 'zsh', 'fish'] as const).filter(installed);

/** Whether the environment was kept; null for ends that do not say. */
function carried(state: EndState): boolean | null {
  return 'carried' in state ? state.carried : null;
}

/** How a shell exports a value that is read from a file (byte for byte, but no NUL). */
function exportFile(shell: BlockShell, name: string, file: string): string {
  return shell === 'fish' ? `set -gx ${name} (cat '${file}' | string collect -N --allow-empty)\ntrue\n` : `${name}=$(cat '${file}'; echo .)\nexport ${name}="\${${name}%.}"\n`;
}

/** Writes a variable's value to a file as the kernel has it (Linux), with a newline behind it. */
const dump = (name: string, file: string): string => `cat /proc/self/environ | tr "\\000\\n" "\\n\\000" | sed -n "s/^${name}=//p" | tr "\\000" "\\n" > '${file}'\n`;

describe('across shells', () => {
  for (const from of SHELLS) {
    for (const to of SHELLS) {
      test(`${from} -> ${to}: set, changed, unset, directory`, async () => {
        bench = await Bench.open('bash', { GIVEN: 'from the terminal', TAKEN: 'away' });
        await mkdir(join(work, 'sub dir'));
        const set = from === 'fish' ? 'set -gx FLAG true\nset -gx GIVEN changed\nset -e TAKEN\n' : 'export FLAG=true\nexport GIVEN=changed\nunset TAKEN\n';
        const first = await bench.run(`cd '${work}/sub dir'\n${set}`, { shell: from });
        expect([word(first), carried(first)]).toEqual(['exit 0', true]);
        for (const _ of [1, 2]) {
          const next = await bench.run(`env | grep -E '^(FLAG|GIVEN|TAKEN)=' | sort > '${work}/seen'\npwd > '${work}/pwd'\n`, { shell: to });
          expect(word(next)).toBe('exit 0');
          expect(await readFile(join(work, 'seen'), 'utf8')).toBe('FLAG=true\nGIVEN=changed\n');
          expect(await readFile(join(work, 'pwd'), 'utf8')).toBe(`${work}/sub dir\n`);
        }
      });
    }
  }
});

const NASTY: Readonly<Record<string, Buffer>> = {
  newlines: Buffer.from('a\nb\n\nexport FAKE=1\n\n'),
  quotes: Buffer.from(`it's "quoted" \\ \`back\` '"'"' \\'`),
  substitution: Buffer.from('$(touch /tmp/never) `x` ${HOME} $((1)) !! !event'),
  'invalid UTF-8': Buffer.from([0x61, 0xff, 0xfe, 0x80, 0xc3, 0x28, 0xe2, 0x82, 0x62]),
  'control bytes': Buffer.from([...Array(31).keys()].map((n) => n + 1).concat(127, 0x81, 0x82, 0x88)),
  empty: Buffer.from(''),
  spaces: Buffer.from('  leading and trailing  '),
  '100 KB': Buffer.from('x\'y"z\n$ '.repeat(12_500)),
};

for (const shell of SHELLS) {
  describe(`${shell} steps`, () => {
    for (const [name, value] of Object.entries(NASTY)) {
      test(`value with ${name}`, async () => {
        bench = await Bench.open('bash');
        await writeFile(join(work, 'value'), value);
        const first = await bench.run(exportFile(shell, 'VALUE', join(work, 'value')), { shell });
        expect([word(first), carried(first)]).toEqual(['exit 0', true]);
        const between = await bench.run('true\n', { shell });
        expect([word(between), carried(between)]).toEqual(['exit 0', true]);
        expect(word(await bench.run(dump('VALUE', join(work, 'out')), { shell }))).toBe('exit 0');
        const out = await readFile(join(work, 'out'));
        // sed ends its last line; the value's own bytes come before.
        expect(out.subarray(0, value.length).equals(value)).toBe(true);
        expect(out.length - value.length).toBeLessThanOrEqual(1);
      });
    }

    test('kept after exit 3, a failure under set -e, an error of syntax; not after exec or SIGKILL', async () => {
      bench = await Bench.open('bash');
      const set = (value: number): string => (shell === 'fish' ? `set -gx STEP ${value}\n` : `export STEP=${value}\n`);
      const seen: Record<string, unknown> = {};
      const cases: readonly (readonly [string, string])[] = [
        ['exit', `${set(1)}exit 3\n`],
        ['set -e', `${set(2)}${shell === 'fish' ? 'false\nexit $status' : 'set -e\nfalse\n'}\n`],
        ['syntax', shell === 'fish' ? `${set(3)}exit 1\n` : `${set(3)}if then fi (\n`],
        ['exec', `${set(9)}exec true\n`],
        ['kill', `${set(9)}kill -9 ${shell === 'fish' ? '$fish_pid' : '$$'}\n`],
      ];
      for (const [name, block] of cases) {
        const state = await bench.run(block, { shell });
        await bench.run(`echo $STEP > '${work}/step'\n`, { shell: 'sh' });
        seen[name] = [carried(state), (await readFile(join(work, 'step'), 'utf8')).trim()];
      }
      expect(seen).toEqual({ exit: [true, '1'], 'set -e': [true, '2'], syntax: [true, '3'], exec: [false, '3'], kill: [false, '3'] });
    });
  });
}

describe('what is carried', () => {
  test("a block's own EXIT trap: kept when it ends by its end", async () => {
    bench = await Bench.open('bash');
    for (const shell of SHELLS.filter((name) => name !== 'fish')) {
      const state = await bench.run(`trap 'echo "bye from ${shell}"' EXIT\nexport OWN=${shell}\n(exit 5)\n`, { shell });
      expect([word(state), carried(state)]).toEqual(['exit 5', true]);
      await bench.terminal.see(new RegExp(`\\nbye from ${shell}`));
      await bench.run(`echo "own is $OWN" > '${work}/own'\n`);
      expect(await readFile(join(work, 'own'), 'utf8')).toBe(`own is ${shell}\n`);
    }
  });

  test("a block's own EXIT trap with exit: said not to be kept (zsh keeps it)", async () => {
    bench = await Bench.open('bash');
    const seen: Record<string, unknown> = {};
    for (const shell of SHELLS.filter((name) => name !== 'fish')) {
      const state = await bench.run("trap 'true' EXIT\nexport OWN=1\nexit 5\n", { shell });
      seen[shell] = [word(state), carried(state)];
    }
    expect(seen).toEqual({ bash: ['exit 5', false], sh: ['exit 5', false], ...(SHELLS.includes('zsh') ? { zsh: ['exit 5', true] } : {}) });
  });

  test('set -x, set -u, changed IFS, PATH and umask do not get in the way', async () => {
    bench = await Bench.open('bash');
    for (const shell of SHELLS.filter((name) => name !== 'fish')) {
      const before = bench.terminal.output.length;
      const state = await bench.run(`umask 077; set -xu; IFS=abc; PATH=/nowhere; export STRANGE=${shell}\n`, { shell });
      expect([word(state), carried(state)]).toEqual(['exit 0', true]);
      const traced = bench.terminal.output.slice(before);
      expect(traced).toMatch(/STRANGE=/);
      // zsh cannot be kept from tracing the first lines of a function.
      if (shell !== 'zsh') {
        expect(traced).not.toMatch(/\n\+.*(__gr_|keep)/);
      }
      const next = await bench.run('[ "$PATH" = /nowhere ] || exit 1\nPATH=/usr/bin:/bin\nexport PATH\n[ "$(umask)" != 0077 ]\n', { shell: 'sh' });
      expect(word(next)).toBe('exit 0');
    }
  });

  test("the block has the user's umask", async () => {
    bench = await Bench.open('bash');
    bench.terminal.line('umask 027');
    expect(word(await bench.run('[ "$(umask)" = 0027 ]\n'))).toBe('exit 0');
  });

  test('variables of one step are not carried, and what they hid comes back', async () => {
    bench = await Bench.open('bash', { OUTER: 'terminal' });
    await bench.run('export EARLIER=kept\n');
    const value = 'two\nlines $(x) \' "\n';
    const state = await bench.run(`export OTHER=1\nprintf '%s' "$STEP_ONLY" > '${work}/only'\n[ "$EARLIER$OUTER" = hiddenhidden ] && EARLIER=changed\n`, {
      variables: { STEP_ONLY: value, EARLIER: 'hidden', OUTER: 'hidden' },
    });
    expect([word(state), carried(state)]).toEqual(['exit 0', true]);
    expect(await readFile(join(work, 'only'), 'utf8')).toBe(value);
    expect(word(await bench.run('[ "${STEP_ONLY-none}/$EARLIER/$OUTER/$OTHER" = none/kept/terminal/1 ]\n'))).toBe('exit 0');
  });

  test('what no step has touched comes from the terminal of the day; what a step has set stays', async () => {
    bench = await Bench.open('bash', { SSH_AUTH_SOCK: '/old', VSCODE_X: 'old', GONE: '1', COLORTERM: 'a' });
    await bench.run('export SSH_AUTH_SOCK=/agent/of/step SSH_AGENT_PID=1\n');
    bench.reopen({ SSH_AUTH_SOCK: '/new', VSCODE_X: 'new', COLORTERM: 'b' });
    const state = await bench.run('[ "$SSH_AUTH_SOCK/$SSH_AGENT_PID/$VSCODE_X/$COLORTERM/${GONE-none}" = /agent/of/step/1/new/b/none ]\n');
    expect(word(state)).toBe('exit 0');
  });

  test('read-only and odd names do no harm', async () => {
    bench = await Bench.open('bash');
    const first = await bench.run('declare -rx FIXED=1\nexport UID PPID OPTIND=1 IFS PS1=x HISTCHARS=abc POSIXLY_CORRECT=1\nexport GOOD=1\nf() { :; }; export -f f\n');
    expect([word(first), carried(first)]).toEqual(['exit 0', true]);
    for (const shell of SHELLS) {
      const next = await bench.run(`env | grep -E '^(FIXED|GOOD)=' | sort > '${work}/env'\n`, { shell });
      expect([word(next), carried(next)]).toEqual(['exit 0', true]);
      expect(await readFile(join(work, 'env'), 'utf8')).toBe('FIXED=1\nGOOD=1\n');
    }
  });

  test('directories: odd names, trailing newlines, symbolic links that move on', async () => {
    bench = await Bench.open('bash');
    for (const [index, name] of ['with space', "quote'", 'dollar$(x)', 'newline\n', '-dash', 'back\\slash', 'ünïcode', 'bang!'].entries()) {
      const directory = join(work, name);
      await mkdir(directory);
      for (const shell of SHELLS) {
        const cwd = await bench.run(`printf x > 'seen-${shell}'\n`, { shell, cwd: directory });
        expect([name, shell, word(cwd), carried(cwd)]).toEqual([name, shell, 'exit 0', true]);
        expect(await readFile(join(directory, `seen-${shell}`), 'utf8')).toBe('x');
        const next = await bench.run(`printf x > 'next-${shell}-${index}'\n`, { shell });
        expect([name, shell, word(next)]).toEqual([name, shell, 'exit 0']);
        expect(await readFile(join(directory, `next-${shell}-${index}`), 'utf8')).toBe('x');
      }
    }
    await mkdir(join(work, 'release-1'));
    await mkdir(join(work, 'release-2'));
    await symlink('release-1', join(work, 'current'));
    await bench.run(`cd '${work}/current'\n`);
    expect(word(await bench.run(`[ "$PWD" = '${work}/current' ] && ln -sfn release-2 '${work}/current'\n`))).toBe('exit 0');
    expect(word(await bench.run(`[ "$(pwd -P)" = '${work}/release-1' ]\n`))).toBe('exit 0');
  });

  test('a directory that has vanished is refused, and nothing runs elsewhere', async () => {
    bench = await Bench.open('bash');
    await mkdir(join(work, 'gone'));
    await bench.run(`cd '${work}/gone'\n`);
    await rm(join(work, 'gone'), { recursive: true });
    expect(word(await bench.run(`touch '${work}/ran'\n`))).toBe('refused cwd-gone');
    await bench.terminal.see(/does not exist any more/);
    await expect(readFile(join(work, 'ran'))).rejects.toThrow();
    // A step that says where to run is a way out.
    expect(word(await bench.run('true\n', { cwd: work }))).toBe('exit 0');
    expect(word(await bench.run('true\n'))).toBe('exit 0');
  });

  test('damaged state is refused and not half restored', async () => {
    bench = await Bench.open('bash');
    await bench.run('export A=1\n');
    const file = join(bench.root, 'runs/run-1/carry/state');
    const text = await readFile(file, 'latin1');
    for (const damaged of [text.slice(0, -8), text.slice(0, 9), "export A='never closed\n", '']) {
      await writeFile(file, damaged, 'latin1');
      expect(word(await bench.run('true\n'))).toBe('refused carry-damaged');
    }
    await writeFile(file, text, 'latin1');
    expect(word(await bench.run('[ "$A" = 1 ]\n'))).toBe('exit 0');
  });

  test('any value survives any pair of shells', { timeout: 120_000 }, async () => {
    bench = await Bench.open('bash');
    const value = fc.uint8Array({ maxLength: 300, min: 1 });
    await fc.assert(
      fc.asyncProperty(value, value, fc.constantFrom(...SHELLS), fc.constantFrom(...SHELLS), async (one, two, from, to) => {
        await writeFile(join(work, 'one'), one);
        await writeFile(join(work, 'two'), two);
        const first = await bench.run(exportFile(from, 'ONE', join(work, 'one')) + exportFile(from, 'TWO', join(work, 'two')), { shell: from });
        expect([word(first), carried(first)]).toEqual(['exit 0', true]);
        const second = await bench.run(`printf '%s' "$ONE" > '${work}/one.out'\nprintf '%s' "$TWO" > '${work}/two.out'\n`, { shell: to });
        expect(word(second)).toBe('exit 0');
        expect(Buffer.compare(await readFile(join(work, 'one.out')), Buffer.from(one))).toBe(0);
        expect(Buffer.compare(await readFile(join(work, 'two.out')), Buffer.from(two))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
