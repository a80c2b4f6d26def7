import type { FileTarget } from '../core/run/events.ts';
import type { Clock, ExecutionResult, WrittenFiles } from './ports.ts';

const NOTHING = { environmentCarried: null, outputTail: null } as const;

/** Writes a file as an execution. Never rejects: what goes wrong is an outcome. `sha256`: of the text (hex). */
export async function writeFile(files: WrittenFiles, clock: Clock, { path, before }: FileTarget, text: string, sha256: string): Promise<ExecutionResult> {
  const from = clock.now();
  try {
    await files.write(path, text, before);
    return { outcome: { kind: 'written', before, after: sha256 }, durationMs: Math.max(0, clock.now() - from), ...NOTHING };
  } catch (error) {
    return { outcome: { kind: 'notStarted', reason: error instanceof Error ? error.message : String(error) }, durationMs: null, ...NOTHING };
  }
}

/** What became of a file whose writing was under way when its window went: its content tells, or nobody knows. */
export async function findWritten(files: WrittenFiles, { path, before }: FileTarget, sha256: string): Promise<ExecutionResult> {
  const now = await files.look(path).catch(() => null);
  if (now?.sha256 === sha256) return { outcome: { kind: 'written', before, after: sha256 }, durationMs: null, ...NOTHING };
  if (now !== null && now.sha256 === before) return { outcome: { kind: 'notStarted', reason: 'the window that was about to write the file went away before it did.' }, durationMs: null, ...NOTHING };
  return { outcome: { kind: 'lost', reason: 'the window that wrote the file went away, and the file is neither what it was nor what it was to be.' }, durationMs: null, ...NOTHING };
}
