import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lint } from '../../../../src/core/language/diagnostics/lint.ts';
import type { Fix } from '../../../../src/core/language/fixes/fix.ts';
import { fixesFor, safeEdits } from '../../../../src/core/language/fixes/fixesFor.ts';
import { readSource } from '../../../../src/core/language/source.ts';
import { applyEdits, rangeOf } from '../../../../src/core/language/text.ts';
import { DIAGNOSTIC_DOCS } from '../../../../src/core/runbook/diagnosticDocs.ts';
import type { Command, Runbook } from '../../../../src/core/runbook/model.ts';
import { parseRunbook } from '../../../../src/core/runbook/parse.ts';
import { markdownTexts } from '../../../fakes/markdownTexts.ts';
import { offered } from './offered.ts';

const RUNBOOKS = join(import.meta.dirname, '../../../../runbooks');
const shipped = readdirSync(RUNBOOKS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.runbook.md')).map((name) => readFileSync(join(RUNBOOKS, name), 'utf8'));
const examples = Object.values(DIAGNOSTIC_DOCS).flatMap(({ example }) => example ?? []);

/** The text after the fix whose title begins so; null when it is not offered. */
function after(marked: string, title: string): string | null {
  const { text, fixes } = offered(marked);
  const fix = fixes.find((each) => each.title.startsWith(title));
  return fix === undefined ? null : applyEdits(text, fix.edits);
}

const block = (body: string, info = 'bash'): string => `\`\`\`${info}\n${body}\n\`\`\`\n`;
const commandOf = ({ language, text, options, expectedOutput }: Command): unknown => [language, text, options, expectedOutput];
const guards = ({ steps, rollbackLevels, undos }: Runbook, isCounted: (line: number) => boolean = () => true): unknown => [
  steps.filter(({ line }) => isCounted(line)).map(({ title, kind, confirm, reservation, needsEvidence, tickedInSource, requires, commands, irreversible, soak }) => [title, kind, confirm, reservation, needsEvidence, tickedInSource, requires.length, commands.map(commandOf), irreversible, soak]),
  rollbackLevels.filter(({ line }) => isCounted(line)).map(({ level, title, commands, verify }) => [level, title, commands.map(commandOf), verify.map(commandOf)]),
  undos.filter(({ command }) => isCounted(command.line)).map(({ stepIds, command }) => [stepIds.length, commandOf(command)]),
];
const ids = ({ steps, sections }: Runbook): unknown => [steps.map(({ id, requires }) => [id, requires]), sections.map(({ id }) => id)];

/** Each fix, held against what it has to leave alone. */
function expectKept(text: string, { title, edits }: Fix): void {
  const before = parseRunbook(text);
  const changed = parseRunbook(applyEdits(text, edits));
  if (/^(?:Hide|Remove what (?:does not count|hides nothing)|Add a check)/.test(title)) expect(ids(changed), title).toEqual(ids(before));
  if (/^(?:Hide|Remove what (?:does not count|hides nothing)|Add|Give)/.test(title)) expect(guards(changed), title).toEqual(guards(before));
  const given = /^Give this \w+ the id #(.*)$/.exec(title)?.[1];
  if (given !== undefined) expect(changed.annotations.filter(({ text: annotation }) => annotation.includes(`#${given}`)), title).toHaveLength(1);
  if (title.startsWith('Change to')) {
    const first = (edits[0]?.range.start.line ?? 0) + 1;
    const around = [...before.steps, ...before.sections].filter(({ line, endLine }) => line <= first && first <= endLine + 3);
    const isOther = (line: number): boolean => line > 0 && line !== first && !around.some((each) => each.line <= line && line <= each.endLine);
    const isHead = around.length === 0;
    if (!isHead) expect((guards(changed, isOther) as unknown[])[0], title).toEqual((guards(before, isOther) as unknown[])[0]);
    expect(changed.steps.filter(({ line }) => isOther(line)).map(({ id }) => id), title).toEqual(before.steps.filter(({ line }) => isOther(line)).map(({ id }) => id));
  }
}

function expectAllKept(text: string, atLine: number): number {
  const source = readSource(text);
  const all = lint(source);
  const fixes = fixesFor(source, rangeOf(atLine, 0, source.lines.lineText(atLine).length), all);
  for (const fix of fixes) expectKept(text, fix);
  const safe = safeEdits(source, all);
  const changed = parseRunbook(applyEdits(text, safe));
  expect([ids(changed), guards(changed)]).toEqual([ids(source.runbook), guards(source.runbook)]);
  return fixes.length;
}

describe('hiding a finding takes no guard away', () => {
  test.each<readonly [string, string]>([
    ['in an item', '# R\n\n- [ ] Wait for the\n  dashboards <!-- {#dash confirm by=@sre requires=no|pe} -->\n- [ ] Then\n'],
    ['in a quote', '# R\n\n> - [ ] Wait for the\n>   dashboards <!-- {#dash confirm by=@sre requires=no|pe} -->\n'],
    ['in a numbered list', '# R\n\n1. [ ] First\n2. [ ] Wait for the\n   green\n   dashboards <!-- {#dash confirm by=@sre requires=no|pe} -->\n3. [ ] Then\n'],
  ])('%s of several lines', (_, marked) => {
    const { text } = offered(marked);
    const hidden = after(marked, 'Hide unknown-step here');
    expect(hidden).not.toBeNull();
    const changed = parseRunbook(hidden ?? '');
    expect(changed.steps.find(({ id }) => id === 'dash')).toMatchObject({ confirm: true, reservation: { by: '@sre', approvers: 1 } });
    expect(guards(changed)).toEqual(guards(parseRunbook(text)));
    expect(lint(readSource(hidden ?? '')).map(({ code }) => code)).toEqual(lint(readSource(text)).map(({ code }) => code).filter((code) => code !== 'unknown-step'));
  });

  test('of an output two empty lines below its command', () => {
    const marked = `# R\n\n**Do**:\n\n${block('ops/do')}\n\n${block('green', 'output {contains col|our=red}')}`;
    const { text } = offered(marked);
    const hidden = after(marked, 'Hide unknown-attribute here');
    expect(hidden).not.toBeNull();
    expect(guards(parseRunbook(hidden ?? ''))).toEqual(guards(parseRunbook(text)));
    expect(parseRunbook(hidden ?? '').steps[0]?.commands[0]?.options.expects.output).toHaveLength(1);
    expect(lint(readSource(hidden ?? '')).map(({ code }) => code)).not.toContain('unknown-attribute');
  });
});

describe('a new block leaves the expected output to its command', () => {
  const results: readonly (readonly [string, string])[] = [
    ['of Innovation Engine', `\n<!-- expected_similarity=0.8 -->\n\n${block('all is well', 'text')}`],
    ['two empty lines below', `\n\n${block('all is well', 'output')}`],
    ['with words before it', `\nResults:\n\n<!-- expected_similarity=0.8 -->\n\n${block('all is well', 'text')}`],
  ];
  test.each(results)('an undo block, above a result %s', (_, result) => {
    const changed = after(`# R\n\n**Do**:\n\n${block('ops/|do')}${result}`, 'Add a block');
    expect(changed).not.toBeNull();
    const { steps, undos } = parseRunbook((changed ?? '').replace('# How is it taken back?', 'ops/undo'));
    expect(steps[0]?.commands[0]?.options.expects.output).toHaveLength(1);
    expect(undos.map(({ command }) => [command.text, command.options.expects.output])).toEqual([['ops/undo\n', []]]);
  });

  test.each(results)('a check of a level, above a result %s', (_, result) => {
    const changed = after(`# R\n\n**Do**:\n\n${block('ops/do')}\n## Rollback\n\n### Le|vel 1: Back\n\n${block('ops/back')}${result}`, 'Add a check');
    expect(changed).not.toBeNull();
    const [level] = parseRunbook((changed ?? '').replace(/# How is it seen.*/, 'ops/look')).rollbackLevels;
    expect(level?.commands[0]?.options.expects.output).toHaveLength(1);
    expect(level?.verify.map(({ text, options }) => [text, options.expects.output])).toEqual([['ops/look\n', []]]);
  });
});

test('two lines around words are no front matter that could be written to', () => {
  const text = `---\n# Deploy\n\nSome text\n\n---\n\n${block('ops/do <ver|sion>')}`;
  expect(readSource(text).frontMatter).toBeNull();
  const changed = after(text, 'Make it the input VERSION') ?? '';
  expect(parseRunbook(changed).frontMatter.setup?.inputs.map(({ name }) => name)).toEqual(['VERSION']);
  expect(changed).toContain('Some text\n\n---\n');
  expect(readSource('---\n---\n').frontMatter).not.toBeNull();
  expect(readSource('---\r\ntitle: [\r\n---\r\n').frontMatter?.isBroken).toBe(true);
});

test('of several listed values only the whole one is corrected', () => {
  const step = (info: string): string => `**Do**:\n\n${block('ops/do', info)}\n`;
  const changed = after(`# R\n\n${step('bash {#dbx}')}${step('bash {#db.migrate}')}${step('bash {requires=db.migrate,d|b}')}`, 'Change to “dbx”');
  expect(changed).toContain('{requires=db.migrate,dbx}');
});

describe('an id', () => {
  test('is not written into the words of an item', () => {
    for (const marked of ['# R\n\n- [ ] Wait| for the\n  <b>green</b> dashboards\n', `# R\n\n- [ ] Wait| for\n  <div>\n  it\n\n  ${block('ops/do').replaceAll('\n', '\n  ')}\n`]) {
      const changed = after(marked, 'Give this step');
      if (changed === null) continue;
      const { text } = offered(marked);
      expect(guards(parseRunbook(changed))).toEqual(guards(parseRunbook(text)));
      expect(parseRunbook(changed).steps[0]?.id).toBe(/\{#([\w-]+)\}/.exec(changed)?.[1]);
    }
  });

  test('stands behind a line of the words that begins with a tag', () => {
    expect(after('# R\n\n- [ ] Wait| for the\n  <b>green</b> dashboards\n', 'Give this step')).toContain('dashboards <!-- {#');
  });

  test('nor an undo that would belong to no step', () => {
    const marked = `# R\n\n- [ ] Wait for\n  <div>\n  it\n\n  ${block('ops/|do').replaceAll('\n', '\n  ')}\n`;
    const changed = after(marked, 'Add a block');
    const { undos } = parseRunbook((changed ?? '').replace('# How is it taken back?', 'ops/undo'));
    expect(undos.filter(({ stepIds }) => stepIds.length === 0)).toEqual([]);
  });
});

describe('a block is split', () => {
  test('not where what comes after it would be renamed', () => {
    expect(after(`# R\n\n**Do**:\n\n${block('ops/a|\n\nops/b')}\n${block('ops/c')}`, 'Split')).toBeNull();
    expect(after(`# R\n\n**Do**:\n\n${block('ops/a|\n\nops/b')}\n**Then**:\n\n${block('ops/c')}`, 'Split')).not.toBeNull();
  });

  test('with the change of what counts as its failure said', () => {
    expect(offered(`# R\n\n**Do**:\n\n${block('ops/a|\n\nops/b')}`).fixes.map(({ title }) => title)).toContain('Split this block into 2 steps, each with a success of its own');
  });
});

test('no fix of the examples and the runbooks takes more away than it means to', () => {
  let count = 0;
  for (const text of [...examples, ...shipped]) for (const { range } of lint(readSource(text))) count += expectAllKept(text, range.start.line);
  expect(count).toBeGreaterThan(100);
}, 60_000);

test('nor one of whatever else stands in a document', () => {
  const texts = fc.oneof(markdownTexts, fc.array(fc.oneof(fc.constantFrom(...examples), markdownTexts), { maxLength: 3 }).map((parts) => parts.join('\n')));
  fc.assert(fc.property(texts, fc.nat(), (text, line) => void expectAllKept(text, line % readSource(text).lines.count)), { numRuns: 150 });
}, 60_000);
