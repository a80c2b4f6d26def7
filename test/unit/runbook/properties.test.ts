import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspection } from '../../../src/core/runbook/inspect.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const word = fc.stringMatching(/^[a-z]{2,9}$/);
const line = fc.oneof(
  word.map((text) => `- [ ] ${text}`),
  word.map((text) => `- [x] ${text} <!-- {#${text}} -->`),
  word.map((text) => `1. ${text}`),
  word.map((text) => `   - ${text}`),
  word.map((text) => `> - [ ] ${text}`),
  fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('Phase 1: x (2 min)', 'Rollback', 'Level 2: off', 'Go/No-Go', 'Sign-off', 'Rollback triggers', 'Verification', 'Plain')).map(([depth, title]) => `${'#'.repeat(depth)} ${title}`),
  word.map((text) => `\`\`\`bash\n${text}\n\`\`\``),
  word.map((text) => `   \`\`\`sh {timeout=5m}\n   ${text}\n   \`\`\``),
  fc.constantFrom('', '', '---', '**Stage 1: Build**', '**Label**:', '| a | b |\n|---|---|\n| c | d |', '```yaml\nalerts:\n  - name: x\n    condition: a > 1\n```', '<div>', 'TBD [Name] ____', '\t', '- **Assignee**: x\n- **Execution**: Depends on Task_1\n- **Acceptance Criteria**:\n  - done'),
);
const document = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'));

describe('any text', () => {
  it('is read without throwing, to something that is JSON', () => {
    fc.assert(
      fc.property(fc.oneof(document, fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 })), (text) => {
        const runbook = parseRunbook(text);
        JSON.parse(JSON.stringify(inspection('x', runbook)));
        const lines = text.split(/\r\n?|\n/).length;
        for (const thing of [...runbook.steps, ...runbook.sections, ...runbook.rollbackLevels, ...runbook.diagnostics]) {
          expect(thing.line).toBeGreaterThanOrEqual(1);
          expect(thing.line).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives every step an id of its own and a parent and section that exist', () => {
    fc.assert(
      fc.property(document, (text) => {
        const { steps, sections } = parseRunbook(text);
        const ids = new Set(steps.map((step) => step.id));
        const sectionIds = new Set(sections.map((section) => section.id));
        expect(ids.size).toBe(steps.length);
        expect(sectionIds.size).toBe(sections.length);
        for (const step of steps) {
          if (step.parentId !== null) expect(ids.has(step.parentId)).toBe(true);
          if (step.sectionId !== null) expect(sectionIds.has(step.sectionId)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('loses nothing: words of items, fences and content are all somewhere', () => {
    const marked = fc.array(fc.tuple(fc.constantFrom('- [ ] ', '1. [ ] ', '- ', '', '> ', '> - [ ] ', '## ', '   - [x] '), fc.integer({ min: 0, max: 99999 })), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(marked, fc.boolean(), (parts, fenced) => {
        const words = parts.map(([, number], index) => `w${index}x${number}`);
        const text = parts.map(([prefix], index) => (fenced && index % 3 === 0 ? `\`\`\`bash\n${words[index] ?? ''}\n\`\`\`` : `${prefix}${words[index] ?? ''}`)).join('\n\n');
        const runbook = parseRunbook(text);
        const seen = JSON.stringify([runbook.steps, runbook.sections, runbook.rollbackLevels, runbook.blocks.map((block) => (block.kind === 'content' ? block.tokens.map((token) => token.content) : null))]);
        for (const word of words) expect(seen).toContain(word);
      }),
      { numRuns: 300 },
    );
  });
});
