import { expect, it } from 'vitest';
import { shellFindings } from '../../../../src/core/language/shell/shellFindings.ts';
import { ShellGrammars } from '../../../../src/node/shellGrammar.ts';
import { commandOf } from '../../../fakes/commands.ts';
import { runbookOf, stepOf } from '../../../fakes/runbooks.ts';
import { GRAMMARS } from './kit.ts';

it('what is nested without end, or repeated without end, does not make it throw', async () => {
  // What the parser itself cannot cope with is noted, and nothing is found.
  const own = new ShellGrammars(GRAMMARS, () => undefined);
  await own.load(['bash', 'powershell']);
  const hostile = ['$(', '${', '(', '{ ', '"$(', '`', 'if ', 'case x in a) ', '[[ ', 'x=$(', '<(', '((', 'sh|', 'rm -rf $A/;', 'cd a\n', 'kubectl -a ', '-p ', 'constructor ', '<<A '];
  for (const piece of hostile) {
    for (const language of ['bash', 'pwsh']) {
      const block = piece.repeat(Math.floor(2_000 / piece.length));
      expect(() => shellFindings(runbookOf([stepOf('a', { commands: [commandOf(block, { language })] })]), own)).not.toThrow();
    }
  }
});
