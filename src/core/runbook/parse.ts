import { allCommands } from './allCommands.ts';
import { backupFindings } from './backups/findings.ts';
import { captureFindings } from './captureNames.ts';
import { cycleFindings } from './cycles.ts';
import { readFrontMatter } from './frontMatter.ts';
import { boldKey, withoutMarks } from './inlineText.ts';
import { assembleLevels } from './levels.ts';
import type { Block, Field, RollbackLevel, Runbook } from './model.ts';
import { monitorFindings } from './monitors/findings.ts';
import { proseFields } from './proseFields.ts';
import { resolveParallel } from './parallel.ts';
import { Reading } from './reading.ts';
import { strayComments } from './similarityComment.ts';
import { withVariables } from './variablesComment.ts';
import { MAX_NESTING } from './markdown.ts';
import { parseTree, type Node } from './tree.ts';
import { resolveRequirements } from './requirements.ts';
import { resolveUndos, unknownLevels } from './undo.ts';
import { wayBackFindings } from './wayBack.ts';
import { walkDocument } from './walk.ts';

/**
 * Reads Markdown as a runbook. Never throws: what is odd becomes a diagnostic.
 * @param source the document as text, with any line ends, with or without a
 *   byte order mark
 */
export function parseRunbook(source: string): Runbook {
  const text = source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const { frontMatter: head, body, diagnostics: headDiagnostics } = readFrontMatter(text);
  const { root, tokens } = parseTree(body);
  const reading = new Reading(tokens, head.cwd ?? null);
  const { frontMatter, diagnostics: variableDiagnostics } = withVariables(head, tokens);
  const lineCount = text.split('\n').length;
  walkDocument(reading, root);
  reading.closeSections(0, lineCount);
  reading.diagnostics.push(...headDiagnostics, ...variableDiagnostics, ...strayComments(tokens, (token) => (token.map?.[0] ?? 0) + 1));
  reportText(reading, source, tokens.some((token) => token.level >= MAX_NESTING - 1));
  resolveRequirements(reading);
  reading.diagnostics.push(...resolveParallel(reading.parallel, reading.steps, reading.sections));
  const { levels, diagnostics } = assembleLevels(reading.places, reading.sharedVerify);
  reading.diagnostics.push(...diagnostics);
  const { undos, diagnostics: undoDiagnostics } = resolveUndos(reading.undos, reading.steps);
  reading.diagnostics.push(...undoDiagnostics, ...unknownLevels(reading.steps, levels), ...wayBackFindings({ steps: reading.steps, sections: reading.sections, rollbackLevels: levels, undos }), ...cycleFindings(reading.steps, reading.sections), ...captureFindings(reading.steps, levels, undos, frontMatter.setup), ...backupFindings({ steps: reading.steps, levels, undos, frontMatter }));
  // What the front matter says was meant for a machine, so it comes first.
  const triggers = [...(frontMatter.triggers ?? []), ...reading.triggers];
  reading.diagnostics.push(...monitorFindings(triggers, frontMatter.monitors ?? [], levels.length === 0 && frontMatter.package !== undefined ? null : levels));
  const commandFields = fieldsOfCommands(reading, levels);
  return {
    title: frontMatter.title ?? reading.title ?? reading.sections[0]?.title ?? 'Untitled runbook',
    metadata: readMetadata(root),
    sections: reading.sections,
    steps: reading.steps,
    rollbackLevels: levels,
    undos,
    triggers,
    fields: [...commandFields, ...proseFields(tokens)].sort((a, b) => a.line - b.line),
    diagnostics: sortByLine(reading.diagnostics),
    blocks: numberLevelBlocks(reading.blocks, levels),
    frontMatter,
    annotations: sortByLine(reading.annotations),
    lineCount,
  };
}

function sortByLine<T extends { readonly line: number }>(found: readonly T[]): readonly T[] {
  return [...found].sort((a, b) => a.line - b.line);
}

/** `**Key**: value` lines right under the first H1, in paragraphs or in a list. */
function readMetadata(root: readonly Node[]): Readonly<Record<string, string>> {
  const metadata = new Map<string, string>();
  const titleAt = root.findIndex((node) => node.type === 'heading' && node.token.tag === 'h1');
  for (const node of titleAt === -1 ? [] : root.slice(titleAt + 1)) {
    const sources = node.type === 'paragraph' ? [node.inline?.content ?? ''] : node.type === 'bullet_list' ? node.children.map((item) => item.children[0]?.inline?.content ?? '') : [];
    const entries = sources.flatMap((source) => source.split('\n')).map((line) => boldKey(line));
    if (entries.length === 0 || entries.some((entry) => entry === null)) break;
    for (const entry of entries) if (entry !== null && !metadata.has(entry.key)) metadata.set(entry.key, withoutMarks(entry.value));
  }
  return Object.fromEntries(metadata);
}

function reportText(reading: Reading, source: string, tooDeep: boolean): void {
  if (source.includes('\u0000')) reading.report('error', 'not-text', 'This file holds NUL characters, so it is probably no text. They are shown as \ufffd.', 1);
  const broken = source.indexOf('\ufffd');
  if (broken !== -1) {
    reading.report('warning', 'invalid-utf8', 'This file holds bytes that are not valid UTF-8, shown as \ufffd. Save it as UTF-8; a command with such a character asks for a confirmation.', source.slice(0, broken).split('\n').length);
  }
  if (tooDeep) reading.report('error', 'too-deep', `Lists and quotes are nested more than ${MAX_NESTING / 2} deep; what is deeper is not read. Move it up.`, 1);
}

/** Placeholders of all commands, each name once a block. */
function fieldsOfCommands(reading: Reading, levels: readonly RollbackLevel[]): readonly Field[] {
  const fields = new Map<string, Field>();
  for (const command of allCommands({ steps: reading.steps, levels, undos: reading.undos })) {
    for (const { name, start } of command.placeholders) {
      const line = command.line + 1 + (command.text.slice(0, start).match(/\n/g)?.length ?? 0);
      fields.set(`${line} ${name}`, { name, where: 'command', line });
    }
  }
  return [...fields.values()];
}

/** Levels that are numbered in order get their number when all are known. */
function numberLevelBlocks(blocks: readonly Block[], levels: readonly RollbackLevel[]): readonly Block[] {
  const byLine = new Map<number, number>();
  for (const level of levels) for (const command of level.commands) byLine.set(command.line, level.level);
  return blocks.map((block) => (block.kind === 'level' && block.level === 0 ? { ...block, level: byLine.get(block.line) ?? 0 } : block));
}
