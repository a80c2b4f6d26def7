import { Position, Range, TextEdit } from 'vscode';
import type * as core from '../../core/language/text.ts';

/** Places of the core as the editor has them, which counts in the same way. */
export function toPosition({ line, character }: core.Position): Position {
  return new Position(line, character);
}

export function toRange({ start, end }: core.Range): Range {
  return new Range(toPosition(start), toPosition(end));
}

export function toEdit({ range, newText }: core.TextEdit): TextEdit {
  return new TextEdit(toRange(range), newText);
}

export function fromPosition({ line, character }: Position): core.Position {
  return { line, character };
}

export function fromRange({ start, end }: Range): core.Range {
  return { start: fromPosition(start), end: fromPosition(end) };
}
