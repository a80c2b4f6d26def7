/** Places in a text as editors count them: lines and UTF-16 units, both from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A stretch of the text and what takes its place. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A text by its lines. Lines end as they do in the editor: with LF, CRLF or CR. */
export class Lines {
  readonly text: string;
  /** Offset of each line's first character. */
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
    }
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** A line without its end; empty for one that is not there. */
  lineText(line: number): string {
    const start = this.#starts[line];
    return start === undefined ? '' : this.text.slice(start, this.#starts[line + 1] ?? this.text.length).replace(/\r?\n$|\r$/, '');
  }

  /** What a line says, without the blanks around it. */
  wordsOf(line: number): Range {
    const text = this.lineText(line);
    const start = text.length - text.trimStart().length;
    return rangeOf(line, Math.min(start, text.trimEnd().length), text.trimEnd().length);
  }

  /** A whole line without its end. */
  lineRange(line: number): Range {
    return rangeOf(line, 0, this.lineText(line).length);
  }

  /** The nearest place that there is. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: Math.min(at - (this.#starts[low] ?? 0), this.lineText(low).length) };
  }

  /** The nearest offset that there is. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    const start = this.#starts[line];
    if (start === undefined) return this.text.length;
    return start + Math.max(0, Math.min(character, this.lineText(line).length));
  }

  textIn({ start, end }: Range): string {
    return this.text.slice(this.offsetAt(start), this.offsetAt(end));
  }
}

/** A stretch inside one line. */
export function rangeOf(line: number, start: number, end: number): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}

/** Whether a place is inside a stretch, both of its ends included. */
export function contains({ start, end }: Range, at: Position): boolean {
  return !isBefore(at, start) && !isBefore(end, at);
}

export function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** The text with all edits made; they must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = new Lines(text);
  const ordered = edits.map(({ range, newText }, index) => ({ start: lines.offsetAt(range.start), end: lines.offsetAt(range.end), newText, index })).sort((a, b) => a.start - b.start || a.index - b.index);
  let made = '';
  let at = 0;
  for (const { start, end, newText } of ordered) {
    made += text.slice(at, start) + newText;
    at = Math.max(at, end);
  }
  return made + text.slice(at);
}
