/* eslint-disable no-control-regex -- control characters are what this file is about */

/** Everything that tells a terminal to do something instead of showing something. */
const SEQUENCES = new RegExp(
  [
    // OSC, DCS, APC, PM, SOS: up to BEL or ST; an unterminated one ends at the next ESC or at 4096 characters.
    '(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u009f\\u009e\\u0098])[^\\u0007\\u001b\\u009c]{0,4096}(?:\\u0007|\\u001b\\\\|\\u009c)?',
    // CSI
    '(?:\\u001b\\[|\\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]?',
    // Two- and three-character sequences
    '\\u001b[ -/]{0,4}[0-~]?',
  ].join('|'),
  'g',
);

/**
 * Terminal output as plain text: sequences removed, `\r` and backspace applied
 * within a line as a terminal would, other control characters dropped. For
 * display only; nothing may be concluded from it.
 */
export function plainText(raw: string): string {
  const text = raw.replace(SEQUENCES, '').replace(/\r+\n/g, '\n');
  return text.split('\n').map(settleLine).join('\n');
}

function settleLine(line: string): string {
  if (!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(line)) return line;
  // A progress bar redraws its line: only the last drawing counts.
  const drawn = line.split('\r').findLast((part) => part !== '') ?? '';
  return withoutBackspaced(drawn).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

/** Takes back one character for each backspace after it. */
function withoutBackspaced(text: string): string {
  if (!text.includes('\u0008')) return text;
  const kept: string[] = [];
  for (const character of text) {
    if (character === '\u0008') kept.pop();
    else kept.push(character);
  }
  return kept.join('');
}
