import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellFindings } from '../../../../src/core/language/shell/shellFindings.ts';
import { posixProblem } from '../../../../src/core/language/shell/posixStructure.ts';
import { pwshProblem } from '../../../../src/core/language/shell/pwshStructure.ts';
import { commandOf } from '../../../fakes/commands.ts';
import { runbookOf, stepOf } from '../../../fakes/runbooks.ts';
import { grammars } from './kit.ts';

const PIECES = ['if', 'then', 'fi', 'for', 'in', 'do', 'done', 'case', 'esac', '{', '}', '(', ')', '((', '))', '[[', ']]', '[', ']', '$(', '${', '`', '"', "'", "$'", '\\', '\n', ' ', ' ', ';', ';;', '&&', '||', '|', '&', '<', '>', '<<EOF', 'EOF', '<<<', '<(', '#', '$X', 'rm -rf ', '/', '*', 'curl x', 'sudo ', 'sh', 'cd a', 'PASSWORD=abcd', '<name>', '{{x}}', 'é', '𝒳', '\u0000', '@"', '"@', '<#', '#>', '=', '!'];
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')));

it('no text makes it throw, and every finding lies inside its text', () => {
  fc.assert(fc.property(text, fc.constantFrom('bash', 'sh', 'zsh', 'pwsh', 'console'), (block, language) => {
    for (const { start, end, message } of shellFindings(runbookOf([stepOf('a', { commands: [commandOf(block, { language })] })]), grammars)) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(block.length);
      expect(message).not.toBe('');
    }
  }), { numRuns: 200 });
});

it('the second opinion ends on every text, with a place inside it', () => {
  fc.assert(fc.property(text, (block) => {
    for (const problem of [posixProblem(block), pwshProblem(block)]) if (problem !== null) expect(problem.start >= 0 && problem.start < problem.end && problem.end <= block.length).toBe(true);
  }), { numRuns: 1_000 });
});
