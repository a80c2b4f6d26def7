import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOf, newFindings } from '../../../src/core/language/annotate/keepMeaning.ts';
import type { Proposal } from '../../../src/core/language/annotate/proposal.ts';
import { proposeAnnotations } from '../../../src/core/language/annotate/proposeAnnotations.ts';
import { applyEdits } from '../../../src/core/language/text.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { seedFiles } from '../../seeds.ts';

const ROOT = join(import.meta.dirname, '../../..');
const annotated = (text: string): string => applyEdits(text, proposeAnnotations(text).map(({ edit }) => edit));
const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const F = '```';

/** What is left of a text without what may be added: annotations and the front matter. */
function prose(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replace(/^---\r?\nrunbook[^]*?\r?\n---\r?\n(?:\r?\n)?/, '')
    .replace(/ ?<!-- \{[^\n]*\} -->/g, '')
    .replace(/^([ \t>]*(?:[-*+] |\d+[.)] )*(?:`{3,}|~{3,})[^{\n\r]*?)[ \t]*\{[^\n\r]*\}[ \t]*(\r?)$/gm, '$1$2');
}

function expectSame(text: string, proposals: readonly Proposal[]): void {
  const after = applyEdits(text, proposals.map(({ edit }) => edit));
  const [one, two] = [parseRunbook(text), parseRunbook(after)];
  expect(meaningOf(two)).toBe(meaningOf(one));
  expect(newFindings(one, two)).toEqual([]);
  expect(after.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
  expect(proposeAnnotations(after)).toEqual([]);
}

const documents: readonly (readonly [string, string])[] = [
  ...['runbooks', 'runbooks/release', 'runbooks/demo', 'media/templates', 'docs', '.'].flatMap((folder) => readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md')).map((name) => [join(folder, name), readFileSync(join(ROOT, folder, name), 'utf8')] as const)),
  ...seedFiles.map((file) => [basename(file), readFileSync(file, 'utf8')] as const),
];

describe('documents that there are', () => {
  it.each(documents)('%s means the same with what is proposed, and then nothing is left', (_, text) => {
    expectSame(text, proposeAnnotations(text));
    const crlf = text.replace(/\r?\n/g, '\r\n');
    const proposed = proposeAnnotations(`\ufeff${crlf}`);
    expectSame(`\ufeff${crlf}`, proposed);
    expect(applyEdits(`\ufeff${crlf}`, proposed.map(({ edit }) => edit))).toBe(`\ufeff${annotated(text).replace(/\r?\n/g, '\r\n')}`);
  });
});

describe('any text', () => {
  const word = fc.stringMatching(/^[a-z]{2,9}$/);
  const line = fc.oneof(
    word.map((text) => `- [ ] ${text}`),
    word.map((text) => `- [x] ${text} <!-- {#${text}} -->`),
    word.map((text) => `1. ${text}`),
    word.map((text) => `> - [ ] ${text}`),
    fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('Phase 1: x (2 min)', 'Rollback', 'Level 2: off', 'Level 1: on (90 s) ##', 'Go/No-Go', 'Sign-off', 'Rollback triggers', 'Verification', 'Staging', 'Production', 'Plain <!-- {budget=2m} -->')).map(([depth, title]) => `${'#'.repeat(depth)} ${title}`),
    fc.constantFrom('Phase 2: y\n---', 'Phase 3: y\nmore\n==='),
    word.map((text) => `\`\`\`bash\n${text} [repo] <version>\n\`\`\``),
    word.map((text) => `\`\`\`sh {"name":"${text}","interactive":"false"}\n${text}\n\`\`\``),
    word.map((text) => `~~~bash { name=${text} background=true }\n${text}\n~~~`),
    word.map((text) => `   \`\`\`sh {timeout=5m}\n   ${text}\n   \`\`\``),
    word.map((text) => `\`\`\`bash {#${text} undo=deploy requires=phase-1-x}\n${text}\n\`\`\``),
    word.map((text) => `\`\`\`bash\n${text}\n\`\`\`\n<!-- expected_similarity=0.5 -->\n\`\`\`text\n${text}\n\`\`\``),
    fc.constantFrom('', '', '---', '---\nrunbook: 1\n---', '**Stage 1: Build**', '**Label**:', '- Error rate > 5%', '<div>', '\t', '```', '- **Assignee**: x\n- **Acceptance Criteria**:\n  - done', '# Level 1: a', '```bash\n# Level 1: a\nx\n# Level 2: b\ny\n```'),
  );
  const document = fc.array(line, { maxLength: 30 }).map((all) => all.join('\n'));

  it('means the same with what is proposed, keeps its prose, and then nothing is left', () => {
    fc.assert(
      fc.property(document, fc.boolean(), (text, isCrlf) => {
        const given = isCrlf ? text.replaceAll('\n', '\r\n') : text;
        expectSame(given, proposeAnnotations(given));
        if (!/name|similarity|^---/m.test(given)) expect(prose(annotated(given))).toBe(prose(given));
      }),
      { numRuns: 400 },
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 200 })), (text) => void expect(proposeAnnotations(`- [ ] x\n${text}`)).toBeInstanceOf(Array)));
  });
});

describe('what is proposed', () => {
  it('for a plain checklist', () => {
    const text = lines('# Deploy orders', '', '## Phase 1: Staging (10 min)', '', '**Make a backup**:', '', `${F}bash`, 'ops/backup [token] <service-name>', F, '', '1. [ ] Deploy to production', '   ```bash {confirm}', '   ops/deploy [repo]', '   ```', '- [ ] Look', '', '## Go/No-Go', '', '- [ ] Go', '- [ ] No-Go', '', '## Rollback triggers', '', '- Error rate > 5%', '', '## Rollback', '', '### Level 1: Feature toggle (2 min)', '', `${F}bash`, 'ops/flag off', F);
    expect(annotated(text)).toBe(lines('---', 'runbook: 1', 'inputs:', '  token: { secret: true } # in “Make a backup”', '  repo: # in “Deploy to production”', '# Triggers that the text states. Each monitor needs a command that prints its number; give it one, and take the marks away.', '# monitors:', '#   error_rate: { command: "", every: 30s }', '# triggers:', '#   - { when: "error_rate > 5%" }', '---', '', '# Deploy orders', '', '## Phase 1: Staging (10 min) <!-- {#phase-1-staging} -->', '', '**Make a backup**:', '', `${F}bash {#make-a-backup}`, 'ops/backup [token] <service-name>', F, '', '1. [ ] Deploy to production', '   ```bash {#deploy-to-production confirm}', '   ops/deploy [repo]', '   ```', '- [ ] Look', '', '## Go/No-Go <!-- {#go-no-go} -->', '', '- [ ] Go', '- [ ] No-Go', '', '## Rollback triggers', '', '- Error rate > 5%', '', '## Rollback', '', '### Level 1: Feature toggle (2 min) <!-- {level=1 budget=2m} -->', '', `${F}bash`, 'ops/flag off', F));
  });

  it('gives a reason for each change, and a kind to choose by', () => {
    const proposals = proposeAnnotations(lines('# T', '', '## Phase 1: A', '', `${F}bash`, 'x', F));
    expect(proposals.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['frontMatter', 'The file says that it is a runbook, and for which format it was written.'],
      ['ids', 'A name for this phase.'],
      ['ids', 'A name for this step that stays when its title changes.'],
    ]);
  });

  it('keeps the ids that something refers to', () => {
    const text = lines('# T', '', '## Phase 1: A', '', '**Deploy**:', '', `${F}bash`, 'x', F, '', `${F}bash {undo=phase-1-a/deploy}`, 'y', F);
    expect(annotated(text)).toContain(`${F}bash {#phase-1-a/deploy}`);
    expect(parseRunbook(annotated(text)).undos[0]?.stepIds).toEqual(['phase-1-a/deploy']);
  });

  it('puts annotations of other tools in our words, and leaves what cannot be said in them', () => {
    const text = lines('# T', '', `${F}sh {"id":"01H","name":"deploy","interactive":"false","excludeFromRunAll":"true"}`, 'x', F, '', `${F}sh {"name":"other","cwd":".."}`, 'y', F, '', '**Check**:', '', `${F}bash`, 'z', F, '', '<!-- expected_similarity=0.8 -->', '', `${F}text`, 'ok', F);
    const after = annotated(text);
    expect(after).toContain(`${F}sh {#deploy confirm}`);
    expect(after).toContain(`${F}sh {"name":"other","cwd":".."}`);
    expect(after).toContain(`${F}bash {#check}\nz\n${F}\n\n${F}output {similarity=0.8}\nok`);
  });

  it('adds to a front matter that is there, and touches none that is broken', () => {
    const text = lines('---', 'layout: page', '---', '', `${F}bash`, 'x [repo]', F);
    expect(annotated(text)).toMatch(/^---\nrunbook: 1\nlayout: page\ninputs:\n {2}repo: # in “x \[repo\]”\n---\n/);
    const broken = lines('---', 'title: "x', '---', '', '- [ ] a', '', `${F}bash`, 'x', F);
    expect(annotated(broken).startsWith('---\ntitle: "x\n---\n')).toBe(true);
  });

  it('is nothing for a text without steps, and for a newer format', () => {
    expect(proposeAnnotations('# Words\n\nOnly words.\n')).toEqual([]);
    expect(proposeAnnotations('---\nrunbook: 2\n---\n\n- [ ] x\n')).toEqual([]);
  });
});
