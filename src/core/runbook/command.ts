import { about, valueOrName } from './about.ts';
import type { Attributes } from './attributes.ts';
import { EXIT_ZERO, readExpectation, reportTo } from './expectation.ts';
import { BACKUP_ATTRIBUTES, readBackupWords } from './backups/readBackupWords.ts';
import { readBlockEnvironment } from './blockEnvironment.ts';
import { readCapture } from './captureNames.ts';
import { isShell } from './fences.ts';
import { findHiddenCharacters } from './hiddenCharacters.ts';
import { readFilePath } from './filePath.ts';
import { findPlaceholders } from './findPlaceholders.ts';
import { readInterpreter } from './interpreter.ts';
import type { Command, CommandOptions, Diagnostic } from './model.ts';
import { nearest } from './nearest.ts';
import { readRepeat } from './repeat.ts';
import { readRequestExpectation } from './requestExpectation.ts';
import { parseDuration } from './time.ts';
import { REQUEST_LANGUAGE, SHELLS } from './vocabulary.ts';

/** Options of a fence without an annotation. */
export const NO_OPTIONS: CommandOptions = { timeoutSeconds: null, cwd: null, shell: null, confirm: false, expects: EXIT_ZERO, repeat: null };

/** What says how a block runs. */
const NOT_FOR_FILES: readonly string[] = ['interpreter', 'shell', 'cwd', 'timeout', 'capture', 'retry', 'every', 'exit', 'expect', 'check', ...BACKUP_ATTRIBUTES];

/** Makes a command of a block's text and options. */
export function makeCommand(language: string, text: string, line: number, options: CommandOptions, expectedOutput: string | null): Command {
  // Brackets of another language are no placeholders, and no value could be put there safely.
  const found = options.file === undefined && (options.interpreter === undefined || isShell(language)) ? findPlaceholders(text) : [];
  // Brackets of all kinds are common in requests: only {{name}} is asked for there.
  const placeholders = language === REQUEST_LANGUAGE ? found.filter(({ start }) => text.startsWith('{{', start)) : found;
  return { language, text, line, options, expectedOutput, placeholders, hidden: findHiddenCharacters(text) };
}

/**
 * Checks the values of a fence's attributes.
 * A bad value is reported and left out, so that it never half works.
 */
export function commandOptions(attributes: Attributes, line: number, language = ''): { readonly options: CommandOptions; readonly diagnostics: readonly Diagnostic[] } {
  const { values } = attributes;
  const isRequest = language === REQUEST_LANGUAGE;
  if (values.size === 0) return { options: NO_OPTIONS, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const bad = (message: string, subject?: string, suggestion: string | null = null): null => {
    diagnostics.push({ severity: 'error', code: 'bad-value', message, line, ...about(subject, suggestion) });
    return null;
  };
  const timeout = values.get('timeout');
  const seconds = typeof timeout === 'string' ? parseDuration(timeout) : null;
  const timeoutSeconds = timeout === undefined ? null : (seconds !== null && seconds > 0 ? seconds : bad('"timeout" has to be a duration such as 90s, 5m or 2h.', valueOrName('timeout', timeout)));
  const cwd = values.get('cwd');
  const shell = values.get('shell');
  const named = typeof shell === 'string' ? shell.toLowerCase() : null;
  const program = values.get('interpreter');
  const interpreter = program === undefined ? null : readInterpreter(program);
  if (typeof interpreter === 'string') bad(interpreter, valueOrName('interpreter', program));
  if (interpreter !== null && shell !== undefined) bad('"shell" and "interpreter" stand on one block, and only one thing can run it: the interpreter does.', 'shell');
  const captured = values.get('capture');
  const capture = captured === undefined ? null : isRequest ? '"capture" does nothing on a request. Nothing is captured.' : readCapture(captured);
  if (typeof capture === 'string') bad(capture, valueOrName('capture', captured));
  const written = values.get('file');
  const file = written === undefined ? null : readFilePath(written);
  if (file !== null && typeof file !== 'string') {
    const idle = NOT_FOR_FILES.filter((name) => values.has(name));
    if (idle.length > 0) bad(`${idle.map((name) => `"${name}"`).join(', ')} ${idle.length === 1 ? 'does' : 'do'} nothing on a block with "file", which is written and not run.`, idle[0]);
    return { options: { ...NO_OPTIONS, confirm: values.get('confirm') ?? false, file: file.path }, diagnostics };
  }
  const idleOnRequest = isRequest ? BACKUP_ATTRIBUTES.filter((name) => values.has(name)) : [];
  if (idleOnRequest.length > 0) bad(`${idleOnRequest.map((name) => `"${name}"`).join(', ')} ${idleOnRequest.length === 1 ? 'does' : 'do'} nothing on a request, which makes and states nothing.`, idleOnRequest[0]);
  const env = readBlockEnvironment(attributes, line, diagnostics);
  return {
    options: {
      timeoutSeconds,
      cwd: cwd === undefined ? null : (typeof cwd === 'string' && cwd !== '' ? cwd : bad('"cwd" has to name a folder inside the workspace.', 'cwd')),
      shell: shell === undefined ? null : (named !== null && SHELLS.includes(named) ? named : bad(`"shell" has to be one of ${SHELLS.join(', ')}.`, valueOrName('shell', shell), named === null ? null : nearest(named, SHELLS))),
      confirm: values.get('confirm') ?? false,
      repeat: readRepeat(attributes, line, diagnostics),
      ...(interpreter === null || typeof interpreter === 'string' ? {} : { interpreter }),
      ...(env.length === 0 ? {} : { env }),
      ...(capture === null || typeof capture === 'string' ? {} : { capture: capture.name }),
      ...(isRequest ? {} : readBackupWords(attributes, bad)),
      expects: (isRequest ? readRequestExpectation : readExpectation)(attributes, reportTo(diagnostics, line)),
    },
    diagnostics: [...diagnostics, ...(isRequest ? [] : misplaced(attributes, line))],
  };
}

/** What says how an `output` fence is compared does nothing on a command. */
function misplaced({ values }: Attributes, line: number): readonly Diagnostic[] {
  return ['match', 'contains', 'exact', 'regex', 'similarity', 'header'].filter((name) => values.has(name)).map((name) => ({
    severity: 'warning' as const,
    code: 'misplaced-attribute',
    message: `"${name}" does nothing on a command: it belongs on the output fence right after it. Here, write expect="text" or expect=/regex/.`,
    line,
    subject: name,
  }));
}
