import { fenceAround } from '../fenceLines.ts';
import { refactoring, type Fix, type FixPlace } from './fix.ts';
import { keepsOthers } from './keeps.ts';

/** Shells whose blocks are taken apart. */
const POSIX: ReadonlySet<string> = new Set(['bash', 'sh', 'zsh', 'shell']);

/**
 * What ties a line to those around it, or sets what only the same shell still
 * knows: here-documents, compound commands, functions, options, variables that
 * are not exported, jobs, the last exit code, lines that go on.
 */
const TIED = [
  /<</,
  /(?:\\|\||&&|\{|\(|&)\s*(?:#.*)?$/,
  /(?:^|[;&|(])\s*(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|select|function|\{|\}|\[\[|set|shopt|setopt|unsetopt|trap|alias|unalias|source|\.|exec|exit|return|eval|wait|jobs|fg|bg|disown|umask|ulimit|read|readonly|local|declare|typeset|let|unset|pushd|popd|enable|hash|autoload|emulate|coproc)(?=[\s;)]|$)/,
  /^\s*\w+\s*\(\)/,
  /(?:^|[;&|])\s*[A-Za-z_]\w*\+?=(?:\S*\s*(?:$|[;&|])|["'`(]|\$\()/,
  /\$[?!_]|\$\{[?!_]|[^&>]&(?![&>\d])/,
];

interface Part {
  readonly title: string;
  readonly body: readonly string[];
}

/**
 * Makes steps of the parts of a block, which begin at comments and behind empty
 * lines. Only offered where each part certainly does the same by itself, and
 * where every other step keeps its name.
 */
export function splitFence({ source, range }: FixPlace): readonly Fix[] {
  const { lines, fences, runbook } = source;
  const fence = fenceAround(fences, range.start.line);
  if (fence === null || !fence.isClosed || fence.indent !== '' || !POSIX.has(fence.language)) return [];
  const isStep = runbook.steps.some(({ line, commands, aside }) => line === fence.line + 1 && commands.length === 1 && !aside);
  const hasOutput = fences[fences.indexOf(fence) + 1]?.language === 'output';
  if (!isStep || hasOutput || lines.lineText(fence.line).includes('{')) return [];
  const body = Array.from({ length: fence.endLine - fence.line - 1 }, (_, at) => lines.lineText(fence.line + 1 + at));
  if (!body.every(standsAlone)) return [];
  const parts = partsOf(body);
  if (parts.length < 2) return [];
  const info = lines.lineText(fence.line);
  const text = parts.map(({ title, body: own }) => [`**${asWords(title)}**:`, '', info, ...own, lines.lineText(fence.endLine)].join('\n')).join('\n\n');
  const isApart = fence.line === 0 || lines.lineText(fence.line - 1).trim() === '';
  const newText = `${isApart ? '' : '\n'}${text}`;
  const lastLine = fence.line + newText.split('\n').length;
  // In one block only the failure of its last line counts.
  const title = `Split this block into ${String(parts.length)} steps, each with a success of its own`;
  const keeps = keepsOthers((line) => line === fence.line + 1, (line) => line > fence.line && line <= lastLine);
  return [refactoring(title, [{ range: { start: { line: fence.line, character: 0 }, end: lines.lineRange(fence.endLine).end }, newText }], keeps)];
}

function standsAlone(line: string): boolean {
  const code = line.replace(/(?:^|\s)#.*$/, '');
  const balanced = count(code, /"/g) % 2 === 0 && count(code, /'/g) % 2 === 0 && count(code, /`/g) % 2 === 0 && count(code, /\(/g) === count(code, /\)/g);
  return balanced && TIED.every((pattern) => !pattern.test(code));
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Parts with commands in them; a comment above a part is its title, else its first command is. */
function partsOf(body: readonly string[]): readonly Part[] {
  const parts: string[][] = [[]];
  for (const line of body) {
    const current = parts.at(-1) ?? [];
    const isNew = line.trim() === '' || (isComment(line) && current.some((each) => !isComment(each)));
    if (isNew && current.length > 0) parts.push([]);
    if (line.trim() !== '') parts.at(-1)?.push(line);
  }
  // A comment that stands by itself belongs to what comes after it.
  const joined: string[][] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (before?.every(isComment) === true) before.push(...part);
    else if (part.length > 0) joined.push([...part]);
  }
  if (joined.at(-1)?.every(isComment) === true) return [];
  return joined.map((part) => {
    const first = part[0] ?? '';
    const title = isComment(first) ? first.replace(/^\s*#+\s*/, '').replace(/[:.]\s*$/, '').trim() : first.trim();
    return isComment(first) && title !== '' ? { title, body: part.slice(1) } : { title: title === '' ? (part[1] ?? '').trim() : title, body: part };
  });
}

/** Words that stand as they are, with no more marks before them than they need. */
function asWords(title: string): string {
  return title.replace(/[\\`*_[\]<>]/g, '\\$&');
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}
