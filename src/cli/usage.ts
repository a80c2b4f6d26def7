import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UserError } from '../core/userError.ts';
import { printable } from './printable.ts';

/** A command's words: options by name (`true` or a value) and what stands between them. */
export interface Words {
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly rest: readonly string[];
}

/** Reads a command's words; words that complete “command: …” when they are wrong. */
export function readWords(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>): Words | string {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const single = Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value] as const);
    return { options: Object.fromEntries(single), rest: positionals };
  } catch (error) {
    return error instanceof Error ? error.message.split('. ')[0] ?? 'wrong usage' : 'wrong usage';
  }
}

/** Says what is wrong with the usage. @returns exit code 2 */
export function wrongUsage(command: string, what: string, usage: string, err: NodeJS.WritableStream): number {
  err.write(`guided-runbooks ${command}: ${printable(what)}. Usage: ${usage}\n`);
  return 2;
}

/**
 * Says what could not be done, as JSON too when that was asked for. Errors that
 * are nobody's but ours are thrown on.
 * @returns exit code 2
 */
export function refused(error: unknown, json: boolean, out: NodeJS.WritableStream, err: NodeJS.WritableStream): number {
  if (!(error instanceof UserError)) throw error;
  err.write(`guided-runbooks: ${printable(error.message)}\n`);
  if (json) out.write(`${JSON.stringify({ success: false, details: { code: error.code, error: error.message } })}\n`);
  return 2;
}
