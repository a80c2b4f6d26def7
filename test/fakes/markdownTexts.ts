import fc from 'fast-check';

const PIECES = fc.constantFrom(
  '---\n', 'runbook: 1\n', 'inputs:\n', '  A: { default: [', '&a *a', 'environments: { staging: {} }\n', 'package: [x.md]\n',
  '```', '```bash {#a', '```bash {#b requires=a undo=a level=1 capture=V}\n', '}\n', '{"name":"x"}', '<!-- {#', ' -->', '<!-- {#a requires=b} -->\n', '- [ ] ', '1. [ ] ', '> ', '\r', '\r\n', '\n', '\n\n',
  '# H ', '## Phase 1: A (5 min)', '## Rollback\n', '### Level 1: Back\n', '## Go/No-Go\n', '## Sign-off\n', 'Task_1: X\n', '- **Assignee**: y\n', '**Stage 1: x**\n', 'Error rate > 5%', '**Label**:\n',
  '\u0000', '\ufeff', '\u202e', '"', "'", '\u{1F600}', 'Level 1', '$ x\n', '~~~', '[a](b.md#c)', '$A ${A}', '<version>', '{{name}}', '\t', '    ', '| a | b |\n|--|--|\n',
);

/** Texts made of what runbooks are made of, put together without sense, and of anything else. */
export const markdownTexts: fc.Arbitrary<string> = fc.array(fc.oneof({ weight: 3, arbitrary: PIECES }, { weight: 1, arbitrary: fc.string({ maxLength: 8 }) }), { maxLength: 50 }).map((parts) => parts.join(''));
