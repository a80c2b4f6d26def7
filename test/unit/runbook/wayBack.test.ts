import { expect, test } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { readiness } from '../../../src/core/view/readiness.ts';

const codes = (text: string): readonly string[] => parseRunbook(text).diagnostics.map(({ code }) => code);
const details = (text: string): readonly string[] => readiness(parseRunbook(text), null)?.details.map(({ text: words }) => words) ?? [];
const fence = (info: string, text = 'x'): string => `\`\`\`bash ${info}\n${text}\n\`\`\`\n\n`;
const LEVEL = `## Rollback\n\n### Level 1: Flag (2 min)\n\n${fence('{timeout=1m}')}${fence('{timeout=90s verify}')}`;

test('a step that nothing takes back is named where the author uses undo blocks, and where there is no level', () => {
  const steps = `# A\n\n## Do\n\n${fence('{#a title=A}')}${fence('{#b title=B}')}${fence('{undo=a}')}## Verification\n\n${fence('{#look}')}`;
  expect(codes(steps)).toEqual(['no-way-back']);
  expect(details(steps)).toEqual(['“B” runs commands, no undo block names it and there is no rollback level: add a block with undo=, or mark it irreversible.']);
  expect(codes(`${steps}## Rollback\n\n### Level 1: Flag\n\n${fence('')}`)).toEqual([]);
  expect(details(`${steps}## Rollback\n\n### Level 1: Flag\n\n${fence('')}`)).toEqual(['1 step has no undo block, “B” first: only a rollback level takes it back.']);
  // A plain document is told once, as before.
  expect(codes(`# A\n\n${fence('')}`)).toEqual([]);
  expect(details(`# A\n\n${fence('')}`)).toEqual(['This runbook runs commands and has no rollback level.']);
});

test('a budget that the time limits of a level exceed is said', () => {
  expect(codes(`# A\n\n${LEVEL}`)).toEqual(['budget-too-short']);
  expect(details(`# A\n\n${LEVEL}`)).toEqual(['Rollback level 1 has a budget of 120 s, and the time limits of its commands come to 150 s: it may not hold. Shorten the limits, or state a longer budget.']);
  expect(codes(`# A\n\n${LEVEL.replace('2 min', '3 min')}`)).toEqual([]);
});

test('the point of no return stands in the readiness list', () => {
  expect(details(`# A\n\n- [ ] Mails sent <!-- {irreversible=1} -->\n\n${LEVEL.replace('2 min', '3 min')}`)).toEqual(['“Mails sent” is the point of no return: what it does cannot be taken back. It closes rollback level 1.']);
});
