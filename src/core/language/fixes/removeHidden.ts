import { commandsIn } from '../../runbook/allCommands.ts';
import type { HiddenCharacter } from '../../runbook/model.ts';
import type { RunbookSource } from '../source.ts';
import type { TextEdit } from '../text.ts';
import { quickFix, touches, type Fix, type FixPlace } from './fix.ts';
import { keepsAllButText } from './keeps.ts';

const BLANK = /^\p{Zs}$/u;

/** Takes out of a command what cannot be seen; a blank of another width becomes a plain one. What only looks like a Latin letter has to be looked at. */
export function removeHidden({ source, findings }: FixPlace): readonly Fix[] {
  return findings.filter(({ code }) => code === 'hidden-characters').flatMap((finding) => {
    const edits = hiddenEdits(source, finding);
    return edits.length === 0 ? [] : [quickFix(`Remove what cannot be seen from this command (${String(edits.length)})`, finding, edits, { isPreferred: true, keeps: keepsAllButText(({ hidden }) => hidden.length > 0) })];
  });
}

/** Those of the whole command, since it is reported once. */
function hiddenEdits(source: RunbookSource, { range }: Pick<FixPlace, 'range'>): readonly TextEdit[] {
  const { runbook } = source;
  for (const command of commandsIn(runbook)) {
    if (command.hidden.length === 0) continue;
    const placeOf = source.placesOf(command);
    const edits = command.hidden.filter(isUnseen).map(({ offset }): TextEdit => {
      const character = String.fromCodePoint(command.text.codePointAt(offset) ?? 0x20);
      return { range: { start: placeOf(offset), end: placeOf(offset + character.length) }, newText: BLANK.test(character) ? ' ' : '' };
    });
    const first = command.hidden[0];
    if (first !== undefined && touches({ start: placeOf(first.offset), end: placeOf(first.offset) }, range)) return edits.filter((edit) => source.lines.textIn(edit.range) !== '');
  }
  return [];
}

function isUnseen({ name }: HiddenCharacter): boolean {
  return !/look-alike|replacement|half/i.test(name);
}
