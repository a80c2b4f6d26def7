import { readFrontMatter } from '../../runbook/frontMatter.ts';
import { problemWithName } from '../../runbook/setup/variableName.ts';
import type { Runbook } from '../../runbook/model.ts';
import { counted } from '../../view/words.ts';
import type { RunbookSource } from '../source.ts';
import { rangeOf } from '../text.ts';
import { suggestions } from './headSuggestions.ts';
import type { Proposal } from './proposal.ts';

/** Names of values that should be kept out of records. */
const SECRET = /token|password|passwd|secret|api_?key|credential/i;

interface Part {
  readonly lines: readonly string[];
  readonly reason: string;
}

/**
 * What the front matter should say: that this is a runbook, its title when no
 * heading gives one, and the values that its commands wait for. Environments,
 * monitors and triggers are guesses: they come as comments, which do nothing.
 * @param text with LF line ends and without a byte order mark
 */
export function headMatter(source: RunbookSource, text: string, lineEnd: string): readonly Proposal[] {
  const { runbook } = source;
  const { body, diagnostics } = readFrontMatter(text);
  if (diagnostics.some(({ code }) => code === 'front-matter-syntax')) return [];
  const head = body === text ? null : text.slice(0, text.length - body.trimStart().length);
  const says = (key: string): boolean => head !== null && new RegExp(`^${key}\\s*:`, 'm').test(head);
  const first = says('runbook') ? [] : [{ lines: ['runbook: 1'], reason: 'The file says that it is a runbook, and for which format it was written.' }];
  const rest: Part[] = [...titlePart(runbook, says), ...(says('inputs') ? [] : inputPart(runbook)), ...suggestions(runbook, head ?? '')];
  if (head === null) {
    const parts = [...first, ...rest];
    return [{ kind: 'frontMatter', edit: { range: rangeOf(0, 0, 0), newText: ['---', ...parts.flatMap(({ lines }) => lines), '---', '', ''].join(lineEnd) }, reason: parts.map(({ reason }) => reason).join(' ') }];
  }
  const closing = source.frontMatter?.endLine ?? 0;
  if (closing === 0) return [];
  const at = (line: number, { lines, reason }: Part): Proposal => ({ kind: 'frontMatter', edit: { range: rangeOf(line, 0, 0), newText: lines.map((each) => each + lineEnd).join('') }, reason });
  const joined = rest.length === 0 ? [] : [{ lines: rest.flatMap(({ lines }) => lines), reason: rest.map(({ reason }) => reason).join(' ') }];
  // Two changes at one place would have no order.
  if (closing === 1) {
    const all = [...first, ...joined];
    return all.length === 0 ? [] : [at(1, { lines: all.flatMap(({ lines }) => lines), reason: all.map(({ reason }) => reason).join(' ') })];
  }
  return [...first.map((part) => at(1, part)), ...joined.map((part) => at(closing, part))];
}

function titlePart(runbook: Runbook, says: (key: string) => boolean): readonly Part[] {
  if (says('title') || runbook.sections.length === 0 || runbook.sections.some(({ depth }) => depth === 1)) return [];
  return [{ lines: [`title: ${JSON.stringify(runbook.title)}`], reason: 'No heading of the first rank gives it a title.' }];
}

/** Placeholders whose name can be a variable's: an input of that name fills them. The others are asked for where they stand. */
function inputPart(runbook: Runbook): readonly Part[] {
  const places = new Map<string, Set<string>>();
  for (const step of runbook.steps) {
    for (const { placeholders, language } of step.commands) {
      for (const { name } of placeholders) {
        if (problemWithName(name) !== null || language === 'http') continue;
        places.set(name, (places.get(name) ?? new Set()).add(step.title));
      }
    }
  }
  const known = new Set([...(runbook.frontMatter.setup?.inputs ?? []).map(({ name }) => name), ...(runbook.frontMatter.setup?.environments ?? []).flatMap(({ variables }) => variables.map(({ name }) => name)), ...runbook.steps.flatMap(({ commands }) => commands.flatMap(({ options }) => options.capture ?? []))]);
  const names = [...places].filter(([name]) => !known.has(name));
  if (names.length === 0) return [];
  const lines = names.map(([name, titles]) => `  ${name}:${SECRET.test(name) ? ' { secret: true }' : ''} # ${wheres([...titles])}`);
  return [{ lines: ['inputs:', ...lines], reason: `${counted(names.length, 'placeholder')} of commands, asked for once at the start; the placeholders stay where they are.` }];
}

function wheres([first = '', ...more]: readonly string[]): string {
  return `in “${first}”${more.length === 0 ? '' : ` and ${String(more.length)} more`}`;
}
