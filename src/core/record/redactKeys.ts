const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/**
 * Text without private key blocks. One whose beginning or end was cut off with
 * the rest of the text counts as well.
 */
export function redactKeys(text: string, instead: string): string {
  if (!text.includes('PRIVATE KEY')) return text;
  const parts: string[] = [];
  const firstEnd = next(END, text, 0);
  const firstBegin = next(BEGIN, text, 0);
  let at = 0;
  // An end without a beginning: what comes before it may be the rest of a key.
  if (firstEnd !== null && (firstBegin === null || firstEnd.index < firstBegin.index)) {
    parts.push(instead);
    at = firstEnd.index + firstEnd[0].length;
  }
  for (let begin = next(BEGIN, text, at); begin !== null; begin = next(BEGIN, text, at)) {
    const end = next(END, text, begin.index);
    parts.push(text.slice(at, begin.index), instead);
    at = end === null ? text.length : end.index + end[0].length;
  }
  return parts.join('') + text.slice(at);
}

function next(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}
