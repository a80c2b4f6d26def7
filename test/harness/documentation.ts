import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ATTRIBUTE_ROWS } from '../../src/core/runbook/attributeTable.ts';
import { FRONT_MATTER_KEYS } from '../../src/core/runbook/frontMatterTable.ts';
import { frontMatterSchemaText } from './frontMatterSchema.ts';
import { DIAGNOSTIC_CODES } from '../../src/core/runbook/diagnosticCodes.ts';
import { diagnosticsPage } from './diagnosticsPage.ts';
import { REPOSITORY } from './vsix.ts';

/** A file that is made, in whole or in part, from the tables of the code, with the text that it has to have. */
export interface MadeFile {
  readonly path: string;
  readonly text: string;
}

/** Every file that `npm run docs` writes. */
export function madeFiles(): readonly MadeFile[] {
  const format = join(REPOSITORY, 'docs', 'FORMAT.md');
  return [
    { path: format, text: withParts(readFileSync(format, 'utf8'), { attributes: attributeTable(), 'front-matter': keyTable(), 'nested-keys': nestedTable() }) },
    { path: join(REPOSITORY, 'docs', 'DIAGNOSTICS.md'), text: diagnosticsPage() },
    { path: join(REPOSITORY, 'package.json'), text: manifestText() },
    { path: join(REPOSITORY, 'media', 'frontMatter.schema.json'), text: frontMatterSchemaText() },
  ];
}

/** The manifest with every code of a finding in its setting, so that settings.json completes them. */
function manifestText(): string {
  const manifest = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as { readonly contributes: { readonly configuration: { readonly properties: Record<string, object> } } };
  const { properties } = manifest.contributes.configuration;
  const codes = Object.entries(DIAGNOSTIC_CODES).map(([code, { title, severity }]) => [code, { enum: ['error', 'warning', 'info', 'hint', 'off'], description: `${title} (${severity}).` }]);
  properties['guidedRunbooks.lint.severity'] = { ...properties['guidedRunbooks.lint.severity'], properties: Object.fromEntries(codes) };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The text with each part between its markers written anew. */
function withParts(text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((whole, [name, part]) => {
    const begin = `<!-- ${name}: written by npm run docs -->`;
    const end = `<!-- /${name} -->`;
    const from = whole.indexOf(begin);
    const to = whole.indexOf(end);
    if (from === -1 || to < from) throw new Error(`The markers of ${name} are missing.`);
    return `${whole.slice(0, from)}${begin}\n\n${part}\n${whole.slice(to)}`;
  }, text);
}

/** A table of Markdown, its lines closed by an empty one. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells, at) => (at === 1 ? `|${cells.join('|')}|` : `| ${cells.join(' | ')} |`)).join('\n') + '\n';
}

const code = (words: string): string => `\`${words}\``;

function attributeTable(): string {
  return table(['word', 'on', 'what it says', 'example', 'refused'], ATTRIBUTE_ROWS.map(([name, { on, says, page, example, refused }]) => [code(name), on.join(', '), withPage(says, page), code(example), code(refused)]));
}

function keyTable(): string {
  return table(['key', 'what it says', 'example', 'refused'], [...FRONT_MATTER_KEYS].map(([name, { says, page, example, refused }]) => [code(name), withPage(says, page), code(example), code(refused)]));
}

function nestedTable(): string {
  const rows = [...FRONT_MATTER_KEYS].flatMap(([name, { keys }]) => [...(keys ?? [])].map(([key, { says, example }]) => [code(key), code(name), says, code(example)]));
  return table(['key', 'in', 'what it says', 'example'], rows);
}

function withPage(says: string, page: string | null): string {
  return page === null ? says : `${says} ([${/^[A-Z]+/.exec(page)?.[0] ?? page}](${page}))`;
}
