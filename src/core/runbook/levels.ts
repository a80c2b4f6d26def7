import type { Command, Diagnostic, RollbackLevel } from './model.ts';
import { makeCommand } from './command.ts';
import { timeInTitle } from './time.ts';
import { LEVEL } from './vocabulary.ts';

/** A place in the document that describes a rollback level. */
export interface LevelPlace {
  /** The number it gives itself, or null: numbered in order. */
  readonly level: number | null;
  readonly title: string;
  budgetSeconds: number | null;
  budgetWords: string | null;
  readonly line: number;
  readonly sectionId: string | null;
  readonly commands: Command[];
  readonly verify: { readonly command: Command; readonly stepId: string }[];
  readonly notes: string[];
}

/** @returns "Feature toggle" of "Level 1: Feature toggle (2 min)", its number and its time */
export function levelWords(title: string): { readonly level: number | null; readonly title: string; readonly seconds: number | null; readonly words: string | null } {
  const match = LEVEL.exec(title);
  const { time, rest } = timeInTitle(title);
  const bare = match === null ? rest : rest.replace(LEVEL, '').trim();
  return { level: match === null || Number(match[1]) === 0 ? null : Number(match[1]), title: bare === '' ? rest : bare, seconds: time?.seconds ?? null, words: time?.words ?? null };
}

/** A level that begins with a comment inside a fence. */
const LEVEL_COMMENT = /^\s*(?:#+|\/\/|::|rem\b)\s*(level\s*[-#]?\s*\d+\b.*)$/i;

/**
 * Splits a fence at comments such as `# Level 1: Feature toggle (2 min)`.
 * Commands before the first one belong to every level, so that nothing is lost.
 * @returns one part per level, or null when the fence has no such comment
 */
export function splitByLevel(command: Command): readonly { readonly words: string; readonly command: Command }[] | null {
  if (!/level/i.test(command.text)) return null;
  const lines = command.text.split('\n');
  const starts = lines.flatMap((text, index) => {
    const words = LEVEL_COMMENT.exec(text)?.[1];
    return words === undefined ? [] : [{ index, words: words.trim() }];
  });
  const first = starts[0];
  if (first === undefined) return null;
  const before = lines.slice(0, first.index).filter((text) => text.trim() !== '' && !/^\s*#/.test(text));
  return starts.map(({ index, words }, i) => {
    const body = lines.slice(index + 1, starts[i + 1]?.index ?? lines.length);
    while (body.length > 0 && body[body.length - 1]?.trim() === '') body.pop();
    const text = [...before, ...body].map((line) => `${line}\n`).join('');
    return { words, command: makeCommand(command.language, text, command.line + 1 + index, command.options, null) };
  });
}

/**
 * Brings the places together into levels: those with a number by it, the others
 * in order. The first place that has commands is used, the others are listed.
 * @param shared checks of the rollback that belong to no single level
 */
export function assembleLevels(
  places: readonly LevelPlace[],
  shared: readonly { readonly command: Command; readonly stepId: string }[],
): { readonly levels: readonly RollbackLevel[]; readonly diagnostics: readonly Diagnostic[] } {
  const byNumber = new Map<number, LevelPlace[]>();
  const taken = new Set(places.map((place) => place.level));
  let next = 1;
  for (const place of places) {
    let number = place.level;
    if (number === null) {
      while (taken.has(next)) next++;
      number = next++;
    }
    const same = byNumber.get(number);
    if (same === undefined) byNumber.set(number, [place]);
    else same.push(place);
  }
  const diagnostics: Diagnostic[] = [];
  const levels = [...byNumber].sort(([a], [b]) => a - b).map(([level, all]) => {
    const used = all.find((place) => place.commands.some((command) => command.text.trim() !== '')) ?? all[0];
    if (used === undefined) throw new Error('a level without a place');
    const timed = used.budgetSeconds === null ? all.find((place) => place.budgetSeconds !== null) : used;
    const verify = used.verify.length > 0 ? used.verify : shared;
    if (used.commands.length === 0) {
      diagnostics.push({ severity: 'warning', code: 'level-without-commands', message: `Rollback level ${level} has no commands: add a shell fence below its heading.`, line: used.line });
    }
    return {
      level,
      title: used.title,
      budgetSeconds: timed?.budgetSeconds ?? null,
      budgetWords: timed?.budgetWords ?? null,
      line: used.line,
      sectionId: used.sectionId,
      commands: used.commands.filter((command) => command.text.trim() !== ''),
      verify: verify.map((entry) => entry.command),
      verifyStepIds: verify.map((entry) => entry.stepId),
      alternatives: all.filter((place) => place !== used).map(({ line, title }) => ({ line, title })),
      notes: used.notes,
    };
  });
  return { levels, diagnostics };
}
