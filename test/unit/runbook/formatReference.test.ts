import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ATTRIBUTE_ROWS, attributeShape } from '../../../src/core/runbook/attributeTable.ts';
import { FRONT_MATTER_KEYS } from '../../../src/core/runbook/frontMatterTable.ts';
import type { Diagnostic } from '../../../src/core/runbook/model.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { frontMatterSchemaText } from '../../harness/frontMatterSchema.ts';
import { madeFiles } from '../../harness/documentation.ts';

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

test.each(madeFiles())('$path says what the tables say (npm run docs)', ({ path, text }) => {
  expect(readFileSync(path, 'utf8')).toBe(text);
});

describe('every attribute', () => {
  test.each(ATTRIBUTE_ROWS.map(([name, shape]) => ({ name, ...shape })))('$name: its example is read, what is refused is reported', ({ on, example, refused }) => {
    const at = PLACES[on[0] ?? ''];
    expect(at, `a document for "${on[0] ?? ''}"`).toBeDefined();
    expect(said(`${DECLARED}${at?.(example) ?? ''}`)).toEqual([]);
    expect(said(`${DECLARED}${at?.(refused) ?? ''}`).map(({ code }) => code)).not.toEqual([]);
  });

  test('is found by the name that an author writes', () => {
    expect(attributeShape('env.CHANNEL')?.example).toBe('{env.CHANNEL=beta}');
    expect(attributeShape('#deploy')?.example).toBe('{#migrate}');
    expect(attributeShape('timeout')?.suggests).toBe('duration');
    expect(attributeShape('timeuot')).toBeNull();
  });
});

/** What a key may refer to, so that its example stands in a document that is whole. */
const BESIDE: Readonly<Record<string, string>> = { triggers: 'monitors: { error_rate: { command: "./bin/rate", every: 30s } }\n' };

const documentOf = (key: string, line: string): string => `---\n${line}\n${BESIDE[key] ?? ''}---\n${BEFORE}${LEVEL}`;

const validate = new Ajv({ strict: false }).compile(JSON.parse(frontMatterSchemaText()) as object);

describe('every key of the front matter', () => {
  test.each([...FRONT_MATTER_KEYS].map(([name, shape]) => ({ name, ...shape })))('$name: its example is read, what is refused is reported', ({ name, example, refused }) => {
    expect(said(documentOf(name, example))).toEqual([]);
    expect(validate(parse(example)), JSON.stringify(validate.errors)).toBe(true);
    expect(said(documentOf(name, refused)).map(({ code }) => code)).not.toEqual([]);
  });

  const nested = [...FRONT_MATTER_KEYS].flatMap(([name, { keys }]) => [...(keys ?? [])].map(([key, { example }]) => ({ name, key, example })));

  test.each(nested)('$name, $key: its example is read, a misspelt one is reported', ({ name, key, example }) => {
    const needed = name === 'monitors' && key !== 'command' ? 'command: ./bin/rate, ' : name === 'triggers' && key !== 'when' ? 'when: "error_rate > 5%", ' : key === 'default' ? 'choices: [small, large], ' : '';
    const thing = (words: string): string => (name === 'triggers' ? `triggers: [ { ${needed}${words} } ]` : `${name}: { THING: { ${needed}${words} } }`);
    expect(said(documentOf(name, thing(example)))).toEqual([]);
    expect(validate(parse(thing(example))), JSON.stringify(validate.errors)).toBe(true);
    expect(said(documentOf(name, thing(`${key}x: 1`))).map(({ code }) => code)).toContain('unknown-key');
    expect(validate(parse(thing(`${key}x: 1`)))).toBe(false);
  });
});
