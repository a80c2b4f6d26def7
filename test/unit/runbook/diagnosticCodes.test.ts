import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lint } from '../../../src/core/language/diagnostics/lint.ts';
import { AS_THEY_ARE } from '../../../src/core/language/diagnostics/finding.ts';
import { shellLint } from '../../../src/core/language/shell/shellLint.ts';
import { readSource } from '../../../src/core/language/source.ts';
import { ATTRIBUTES } from '../../../src/core/runbook/attributeTable.ts';
import { DIAGNOSTIC_CODES, diagnosticCode } from '../../../src/core/runbook/diagnosticCodes.ts';
import { DIAGNOSTIC_DOCS } from '../../../src/core/runbook/diagnosticDocs.ts';
import { FRONT_MATTER_KEYS } from '../../../src/core/runbook/frontMatterTable.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { grammars } from '../language/shell/kit.ts';

const SOURCE = join(import.meta.dirname, '../../../src/core');
const CODES = Object.keys(DIAGNOSTIC_CODES);

/** Codes as the source writes them where something is reported. */
const WRITTEN = [/\bcode: '([a-z0-9-]+)'/g, /'(?:error|warning|info)', '([a-z0-9-]+)'/g, /\bwarn\('([a-z0-9-]+)'/g, /\berror\('([a-z0-9-]+)', [`'"]/g];

function codesInSource(): ReadonlySet<string> {
  const files = [join(SOURCE, 'runbook'), join(SOURCE, 'language', 'diagnostics'), join(SOURCE, 'language', 'shell')].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)));
  const text = files.filter((name) => name.endsWith('.ts')).map((name) => readFileSync(name, 'utf8')).join('\n');
  return new Set(WRITTEN.flatMap((pattern) => Array.from(text.matchAll(pattern), ([, code = '']) => code)));
}

describe('the catalogue of findings', () => {
  test('holds every code that something reports, and no other', () => {
    expect([...codesInSource()].sort()).toEqual([...CODES].sort());
    expect(CODES).toEqual([...CODES].sort());
  });

  test.each(Object.entries(DIAGNOSTIC_DOCS).flatMap(([code, { example }]) => (example === null ? [] : [{ code, example }])))('$code: its example is reported so', ({ code, example }) => {
    const source = readSource(example);
    const found = lint(source, AS_THEY_ARE, [...shellLint(source, grammars)].flatMap(({ found: ofBlock }) => ofBlock));
    expect(found.filter((finding) => finding.code === code).map(({ severity }) => severity)).toContain(diagnosticCode(code)?.severity);
    // An example shows one thing, so that it can be understood.
    expect(found.filter((finding) => finding.code !== code && (finding.severity === 'error' || finding.severity === 'warning')).map((finding) => finding.code)).toEqual([]);
    expect(parseRunbook(example).diagnostics.some((diagnostic) => diagnostic.code === code)).toBe(diagnosticCode(code)?.lint !== true);
  });

  test('has an example for each, unless this version cannot report it', () => {
    expect(Object.entries(DIAGNOSTIC_DOCS).filter(([, { example }]) => example === null).map(([code]) => code)).toEqual(['not-acted-on']);
    expect([...ATTRIBUTES.values(), ...FRONT_MATTER_KEYS.values()].every(({ acts }) => acts)).toBe(true);
  });
});
