import { parseFenceInfo } from '../runbook/fences.ts';
import type { Lines } from './text.ts';

/** Where a fence stands in the text. Lines count from 0. */
export interface FenceLines {
  readonly line: number;
  /** Line of its closing marks, or the last line that there is. */
  readonly endLine: number;
  readonly isClosed: boolean;
  /** Lower case; empty when it has none. */
  readonly language: string;
  /** What stands before its marks: blanks, marks of lists and quotes. */
  readonly indent: string;
  readonly marks: string;
  /** Where its info string begins. */
  readonly infoStart: number;
}

/** Exactly one blank belongs to a mark, so that there is one way only to read a line of blanks. */
const OPENING = /^((?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*)(`{3,}(?=[^`]*$)|~{3,})(.*)$/;

/** All fences, by their marks alone: enough for one that is being written. */
export function fenceLines(lines: Lines): readonly FenceLines[] {
  const found: FenceLines[] = [];
  let open: FenceLines | null = null;
  for (let line = 0; line < lines.count; line++) {
    const text = lines.lineText(line);
    if (open === null) {
      if (!text.includes('```') && !text.includes('~~~')) continue;
      const match = OPENING.exec(text);
      if (match === null) continue;
      const [, indent = '', marks = '', info = ''] = match;
      open = { line, endLine: lines.count - 1, isClosed: false, language: parseFenceInfo(info).language, indent, marks, infoStart: indent.length + marks.length };
    } else if (isClosing(text, open.marks)) {
      found.push({ ...open, endLine: line, isClosed: true });
      open = null;
    }
  }
  return open === null ? found : [...found, open];
}

function isClosing(text: string, marks: string): boolean {
  const bare = text.replace(/^[ \t>]*/, '').trimEnd();
  return bare.length >= marks.length && bare === marks.charAt(0).repeat(bare.length);
}

/** The fence to which a line (from 0) belongs, its marks included; null for none. */
export function fenceAround(fences: readonly FenceLines[], line: number): FenceLines | null {
  return fences.find((fence) => fence.line <= line && line <= fence.endLine) ?? null;
}
