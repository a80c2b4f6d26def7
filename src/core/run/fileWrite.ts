import { choosesWhatRuns } from '../runbook/filePath.ts';
import type { Command, Step } from '../runbook/model.ts';
import { diffLines, type DiffLine } from './drift/diffLines.ts';
import { ACKNOWLEDGED } from './decideCommand.ts';
import { acknowledgement, type Question, type QuestionInput } from './question.ts';

/** What stands for the shell in a record when a file was written. */
export const FILE_SHELL = 'file';

/** A file as it is before it is written. */
export interface FileNow {
  /** Where it really is, relative to the workspace folder. */
  readonly realPath: string;
  /** SHA-256 of its bytes (hex); null: there is none. */
  readonly sha256: string | null;
  /** Its text; null when there is none, it is no text in UTF-8, or too much of it. */
  readonly text: string | null;
  readonly bytes: number;
}

/** Lines around a change that are shown with it. */
const CONTEXT = 3;

/** Whether a command is a file that is written, and nothing that runs. */
export function isFile({ options }: Pick<Command, 'options'>): boolean {
  return options.file !== undefined;
}

/** Asks before a file is written, with what becomes of it. What is confirmed is this difference and no other. */
export function askBeforeWrite(step: Step, command: Command, path: string, now: FileNow): Question {
  const isSame = now.text === command.text;
  const isUnread = now.sha256 !== null && now.text === null;
  const risky = choosesWhatRuns(path) || choosesWhatRuns(now.realPath);
  const inputs: QuestionInput[] = [];
  if (risky) inputs.push(acknowledgement(ACKNOWLEDGED.chooses, `I know that ${path} decides what runs, here or on other machines`));
  if (isUnread) inputs.push(acknowledgement(ACKNOWLEDGED.unread, 'Replace it although its content cannot be shown here'));
  if (command.hidden.length > 0) inputs.push(acknowledgement(ACKNOWLEDGED.hidden, 'I have looked at the characters that are hidden or look like others'));
  const where = now.realPath === path ? '' : ` It is a link to ${now.realPath}, and that is what changes.`;
  const text = now.sha256 === null ? 'The file is not there yet and is created.' : isSame ? 'The file has exactly this content already; writing it changes nothing.' : isUnread ? `What is there now (${String(now.bytes)} bytes) is no text, or too much to be compared. It is replaced.` : 'The file is there and becomes what is shown.';
  return {
    title: `Write “${path}”: “${step.title}”?`,
    text: `${text}${where}`,
    severity: risky || isUnread ? 'warning' : 'info',
    commands: [],
    ...(isSame ? {} : { difference: withoutMiddles(diffLines(linesOf(isUnread ? '' : (now.text ?? '')), linesOf(command.text))), showsAll: true as const }),
    inputs,
    implied: [ACKNOWLEDGED.file],
    confirmLabel: now.sha256 === null ? 'Create file' : 'Write file',
    confirmStyle: risky || isUnread ? 'danger' : 'primary',
  };
}

/** Lines without the end of the last one; a file that does not end with a line end says so. */
function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return text.endsWith('\n') ? text.slice(0, -1).split('\n') : [...text.split('\n'), '(no line end at the end of the file)'];
}

/** What is the same is left out, but for a few lines around what is not. */
function withoutMiddles(lines: readonly DiffLine[]): readonly DiffLine[] {
  const isNear = lines.map(({ sign }) => sign !== ' ');
  const changed = isNear.flatMap((is, place) => (is ? [place] : []));
  for (const place of changed) for (let at = Math.max(0, place - CONTEXT); at <= Math.min(lines.length - 1, place + CONTEXT); at += 1) isNear[at] = true;
  const shown: DiffLine[] = [];
  let left = 0;
  const gap = (): void => {
    if (left > 0) shown.push({ sign: ' ', text: `… ${String(left)} ${left === 1 ? 'line' : 'lines'} the same …` });
    left = 0;
  };
  lines.forEach((line, place) => {
    if (isNear[place] !== true) return void (left += 1);
    gap();
    shown.push(line);
  });
  gap();
  return shown;
}
