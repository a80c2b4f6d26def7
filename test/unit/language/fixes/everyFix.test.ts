import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lint } from '../../../../src/core/language/diagnostics/lint.ts';
import { fixesFor } from '../../../../src/core/language/fixes/fixesFor.ts';
import { readSource } from '../../../../src/core/language/source.ts';
import { applyEdits } from '../../../../src/core/language/text.ts';
import { DIAGNOSTIC_DOCS } from '../../../../src/core/runbook/diagnosticDocs.ts';
import type { Runbook } from '../../../../src/core/runbook/model.ts';

const RUNBOOKS = join(import.meta.dirname, '../../../../runbooks');
const shipped = readdirSync(RUNBOOKS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.runbook.md'));

const documents: readonly { readonly name: string; readonly text: string }[] = [
  ...Object.entries(DIAGNOSTIC_DOCS).flatMap(([name, { example }]) => (example === null ? [] : [{ name, text: example }])),
  ...shipped.map((name) => ({ name, text: readFileSync(join(RUNBOOKS, name), 'utf8') })),
];

/** What a run goes by. */
const whatRuns = ({ steps, rollbackLevels, undos }: Runbook): unknown => [
  steps.map(({ id, title, requires, confirm, ordinal, commands }) => [id, title, requires, confirm, ordinal, commands.map(({ text, options }) => [text, options])]),
  rollbackLevels.map(({ level, commands, verify }) => [level, commands.map(({ text }) => text), verify.map(({ text }) => text)]),
  undos.map(({ stepIds, command }) => [stepIds, command.text]),
];

/** A template that has to be filled in is reported as that. */
const EXPECTED: ReadonlySet<string> = new Set(['only-comments']);

describe.each(documents)('$name', ({ text }) => {
  const source = readSource(text);
  const all = lint(source);
  const offered = all.flatMap((finding) => fixesFor(source, finding.range, all).filter(({ findings }) => findings.includes(finding)).map((fix) => ({ finding, fix })));

  test('each fix of a finding corrects it, and makes no error', () => {
    for (const { finding, fix } of offered.filter(({ fix: { title } }) => !title.startsWith('Hide'))) {
      const after = lint(readSource(applyEdits(text, fix.edits)));
      const count = (found: typeof all): number => found.filter(({ code }) => code === finding.code).length;
      const isBegun = after.some(({ code }) => EXPECTED.has(code));
      if (!isBegun) expect(count(after), fix.title).toBeLessThan(count(all));
      const errors = (found: typeof all): readonly string[] => found.filter(({ severity, code }) => severity === 'error' && !EXPECTED.has(code)).map(({ code }) => code);
      expect(errors(after).filter((code) => !errors(all).includes(code)), fix.title).toEqual([]);
    }
  });

  test('hiding a finding hides it, and nothing that runs is changed', () => {
    for (const { finding, fix } of offered.filter(({ fix: { title } }) => title.startsWith('Hide'))) {
      const changed = readSource(applyEdits(text, fix.edits));
      const after = lint(changed);
      expect(after.filter(({ code }) => code === finding.code).length, fix.title).toBeLessThan(all.filter(({ code }) => code === finding.code).length);
      expect(after.filter(({ code }) => code === 'unused-lint-disable' || code === 'unknown-lint-code').length, fix.title).toBeLessThanOrEqual(all.filter(({ code }) => code.endsWith('lint-disable') || code === 'unknown-lint-code').length);
      expect(whatRuns(changed.runbook), fix.title).toEqual(whatRuns(source.runbook));
    }
  });
});
