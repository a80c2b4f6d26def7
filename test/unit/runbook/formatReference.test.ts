import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/core/runbook/model.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { ATTRIBUTES, FRONT_MATTER_KEYS } from '../../../src/core/runbook/vocabulary.ts';

const text = readFileSync(join(import.meta.dirname, '../../../docs/FORMAT.md'), 'utf8');

/** Cells of the rows of the table under a heading, without the code marks around them. */
function rows(heading: string): readonly (readonly string[])[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(1).map((line) => line.slice(2, -2).split(' | ').map((cell) => cell.replace(/^`(.*)`$/, '$1')));
}

const ATTRIBUTE_ROWS = rows('Attributes');
const KEY_ROWS = rows('Front matter');

const BEFORE = '# R\n\n**Deploy**:\n\n```bash {#deploy}\nops/deploy\n```\n\n';
const LEVEL = '## Rollback\n\n### Level 1: Back\n\n```bash\nops/back\n```\n\n';
const fence = (annotation: string, language = 'bash', body = 'ops/look'): string => `\`\`\`${language} ${annotation}\n${body}\n\`\`\`\n\n`;

/** A document in which an annotation stands in such a place. */
const PLACES: Readonly<Record<string, (annotation: string) => string>> = {
  fence: (annotation) => (annotation.startsWith('{budget') ? `${BEFORE}${LEVEL}` : '') + `${BEFORE}**Do it**:\n\n${fence(annotation)}**Then**:\n\n${fence(annotation === '{parallel}' ? '{parallel}' : '{#then}')}${LEVEL}`,
  item: (annotation) => `${BEFORE}- [ ] Look <!-- ${annotation} -->\n\n${LEVEL}`,
  heading: (annotation) => `${BEFORE}## Rollback\n\n### Level 1: Back <!-- ${annotation} -->\n\n${fence('')}`,
  output: (annotation) => `${BEFORE}**Look**:\n\n${fence('')}${fence(annotation, 'output', 'ready')}${LEVEL}`,
  http: (annotation) => `${BEFORE}**Ask**:\n\n${fence(annotation, 'http', 'GET http://127.0.0.1:8080/health')}${LEVEL}`,
  rollback: (annotation) => `${BEFORE}${LEVEL}${fence(annotation)}`,
};

/** What annotations may name. */
const DECLARED = '---\nbackups: { orders-db: { keep: 5 } }\n---\n';

const said = (document: string): readonly Diagnostic[] => parseRunbook(document).diagnostics.filter(({ severity }) => severity !== 'info');

describe('every attribute', () => {
  test('has a row', () => {
    const named = new Set(ATTRIBUTE_ROWS.map(([name]) => name));
    expect([...ATTRIBUTES.keys()].filter((name) => !named.has(name))).toEqual([]);
    expect([...named].filter((name) => name !== '#id' && name !== 'env.NAME' && !ATTRIBUTES.has(name ?? ''))).toEqual([]);
  });

  test.each(ATTRIBUTE_ROWS.map(([name = '', on = '', , example = '', refused = '']) => ({ name, place: on.split(', ')[0] ?? '', example, refused })))('$name: its example is read, what is refused is reported', ({ place, example, refused }) => {
    const at = PLACES[place];
    expect(at, `a document for "${place}"`).toBeDefined();
    expect(said(`${DECLARED}${at?.(example) ?? ''}`)).toEqual([]);
    expect(said(`${DECLARED}${at?.(refused) ?? ''}`).map(({ code }) => code)).not.toEqual([]);
  });
});

describe('every key of the front matter', () => {
  test('has a row', () => {
    expect(KEY_ROWS.map(([name]) => name).sort()).toEqual([...FRONT_MATTER_KEYS.keys()].sort());
  });

  test.each(KEY_ROWS.map(([name = '', , example = '', refused = '']) => ({ name, example, refused })))('$name: its example is read, what is refused is reported', ({ name, example, refused }) => {
    const document = (line: string): string => `---\n${line}\n${name === 'triggers' ? 'monitors: { error_rate: { command: "./bin/rate", every: 30s } }\n' : ''}---\n${BEFORE}${LEVEL}`;
    expect(said(document(example))).toEqual([]);
    expect(said(document(refused)).map(({ code }) => code)).not.toEqual([]);
  });
});
