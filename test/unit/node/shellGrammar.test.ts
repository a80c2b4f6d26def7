import { expect, it } from 'vitest';
import { ShellGrammars } from '../../../src/node/shellGrammar.ts';
import { GRAMMARS } from '../language/shell/kit.ts';

it('a grammar that is not there is said once, and parses nothing', async () => {
  const notes: string[] = [];
  const grammars = new ShellGrammars('/no/such/folder', (note) => notes.push(note));
  await grammars.load(['bash']);
  await grammars.load(['bash']);
  expect(notes).toEqual([expect.stringMatching(/^The bash grammar could not be loaded, so blocks of that shell are not checked: /)]);
  expect(grammars.parse('bash', 'ls')).toBeNull();
});

it('two grammars that are asked for at the same time do not get into each other’s way', async () => {
  const all = [1, 2, 3].map(() => new ShellGrammars(GRAMMARS, (note) => expect.unreachable(note)));
  await Promise.all(all.flatMap((grammars) => [grammars.load(['bash']), grammars.load(['powershell'])]));
  for (let n = 0; n < 50; n++) {
    for (const grammars of all) {
      expect(grammars.parse('bash', `echo ${String(n)} | wc`)?.hasError).toBe(false);
      expect(grammars.parse('powershell', `if ($a) { Get-Item ${String(n)} }`)?.hasError).toBe(false);
    }
  }
});

it('nothing is parsed by a grammar that was not asked for', async () => {
  const grammars = new ShellGrammars(GRAMMARS, () => undefined);
  await grammars.load(['powershell']);
  expect(grammars.parse('bash', 'ls')).toBeNull();
  expect(grammars.parse('powershell', 'ls')?.type).toBe('program');
});

it('the same text keeps its tree, so that only a block that changed is parsed', async () => {
  const grammars = new ShellGrammars(GRAMMARS, () => undefined);
  await grammars.load(['bash']);
  const tree = grammars.parse('bash', 'echo one');
  grammars.parse('bash', 'echo two');
  expect(grammars.parse('bash', 'echo one')).toBe(tree);
});

it('trees of texts that were not asked for in a long time are forgotten, and a text that is too long has none', async () => {
  const grammars = new ShellGrammars(GRAMMARS, () => undefined);
  await grammars.load(['bash']);
  const tree = grammars.parse('bash', 'echo one');
  for (let n = 0; n < 30; n++) grammars.parse('bash', `# ${String(n)}${'x'.repeat(18_000)}\n`);
  expect(grammars.parse('bash', 'echo one')).not.toBe(tree);
  expect(grammars.parse('bash', 'x'.repeat(20_001))).toBeNull();
});

it('a parse that takes too long is given up, others go on, and after many it is said and no more is tried', async () => {
  const notes: string[] = [];
  const grammars = new ShellGrammars(GRAMMARS, (note) => notes.push(note), { limit: -1 });
  await grammars.load(['bash']);
  const long = 'sh -x a | '.repeat(500);
  expect(grammars.parse('bash', long)).toBeNull();
  expect(notes).toEqual([]);
  expect(grammars.parse('bash', 'ls')?.type).toBe('program');
  for (let n = 0; n < 30; n++) grammars.parse('bash', `${long}${String(n)}`);
  expect(notes).toEqual([expect.stringMatching(/took too long too often/)]);
  expect(grammars.parse('bash', 'pwd')).toBeNull();
});

it('offsets are UTF-16 units, errors and missing pieces are marked', async () => {
  const grammars = new ShellGrammars(GRAMMARS, () => undefined);
  await grammars.load(['bash']);
  const tree = grammars.parse('bash', 'echo "é𝒳" $(');
  expect(tree?.end).toBe(13);
  expect(tree?.hasError).toBe(true);
  expect(grammars.parse('bash', 'echo "é𝒳"')?.hasError).toBe(false);
});
