import { SESSION_LANGUAGES, SHELL_LANGUAGES } from './vocabulary.ts';

/** A fence's info string, taken apart. */
export interface FenceInfo {
  /** Lower case; empty when there is none. */
  readonly language: string;
  /** `{…}` with its braces, or null. */
  readonly annotation: string | null;
}

/**
 * Takes apart what stands behind the back-ticks: `bash {#id timeout=5m}`,
 * `{.bash #id}` or `sh {"name":"x"}`.
 */
export function parseFenceInfo(info: string): FenceInfo {
  const text = info.trim();
  const brace = text.indexOf('{');
  const annotation = brace === -1 ? null : text.slice(brace);
  const head = (brace === -1 ? text : text.slice(0, brace)).trim();
  const word = head.split(/\s+/)[0] ?? '';
  if (word !== '') return { language: word.toLowerCase(), annotation };
  const pandoc = annotation === null ? null : /^\{\s*\.([\w-]+)/.exec(annotation);
  return { language: (pandoc?.[1] ?? '').toLowerCase(), annotation };
}

/** @returns true when a fence of this language holds commands */
export function isShell(language: string): boolean {
  return SHELL_LANGUAGES.has(language);
}

/**
 * Splits a terminal session into its commands and what it shows.
 * The lines behind a `$ ` or `# ` prompt are commands; a `> ` line right after
 * one continues it. A session without any prompt is all commands, so that
 * nothing is lost.
 * @param text content of a `console` or `shell-session` fence
 */
export function splitSession(text: string): { readonly commands: string; readonly output: string | null } {
  const commands: string[] = [];
  const output: string[] = [];
  let afterCommand = false;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const prompt = /^[ \t]*[$#](?:[ \t]+(.*))?$/.exec(line);
    const more = afterCommand ? /^[ \t]*>[ \t](.*)$/.exec(line) : null;
    if (prompt !== null) {
      if (prompt[1] !== undefined) commands.push(prompt[1]);
      afterCommand = true;
    } else if (more !== null) {
      commands.push(more[1] ?? '');
    } else {
      output.push(line);
      afterCommand = false;
    }
  }
  if (commands.length === 0) return { commands: text, output: null };
  return { commands: `${commands.join('\n')}\n`, output: output.join('\n').trim() === '' ? null : output.join('\n') };
}

/** @returns commands and expected output of a fence in `language` */
export function readCommands(language: string, content: string): { readonly commands: string; readonly output: string | null } {
  return SESSION_LANGUAGES.has(language) ? splitSession(content) : { commands: content, output: null };
}

/** @returns the words of the first line when it is a comment, else null */
export function firstComment(language: string, text: string): string | null {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  const pattern = language === 'cmd' || language === 'bat' ? /^\s*(?:rem\s+|::\s*)(.+)$/i : /^\s*#(?!!)\s*(.+)$/;
  return pattern.exec(line)?.[1]?.trim() ?? null;
}
