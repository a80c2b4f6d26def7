import { LineCounter, parseDocument } from 'yaml';
import { about } from './about.ts';
import { readBackups } from './backups/readBackups.ts';
import { FRONT_MATTER_KEYS } from './frontMatterTable.ts';
import type { Diagnostic, FrontMatter } from './model.ts';
import { FORMAT_VERSION } from './model.ts';
import { nearest } from './nearest.ts';
import { readDeclaredTriggers } from './monitors/readDeclaredTriggers.ts';
import { readMonitors } from './monitors/readMonitors.ts';
import { readPackage } from './package/readPackage.ts';
import { NO_QUESTIONS } from './setup/model.ts';
import { readSetup, setupProblem } from './setup/readSetup.ts';
import { type Entry, YamlReading } from './setup/yamlReading.ts';
import { parseDuration } from './time.ts';
import { RUNME_KEYS, SHELLS } from './vocabulary.ts';

const NONE: FrontMatter = { version: null, title: null, shell: null, timeoutSeconds: null };
/** Keys that say what a start asks and guards: one that is misspelt must not pass for one that is not there. */
const GUARDS: ReadonlySet<string> = new Set(['environments', 'inputs']);
/** Something that a runbook must not lose inside what only looks like front matter. */
const MARKDOWN_INSIDE = /^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]|^\s*(?:```|~~~)/m;
/** A heading, or a comment of YAML: among keys of ours it is a comment. */
const HEADING_INSIDE = /^#{1,6}\s/m;
const OWN_KEY = new RegExp(`^(?:${[...FRONT_MATTER_KEYS.keys()].join('|')})\\s*:`, 'm');

/**
 * Reads the YAML between `---` lines at the top of a document.
 * @param text the document, LF line ends, no byte order mark
 * @returns the values; the body with the front matter's lines left empty, so
 *   that line numbers stay; and what is odd
 */
export function readFrontMatter(text: string): { readonly frontMatter: FrontMatter; readonly body: string; readonly diagnostics: readonly Diagnostic[] } {
  const match = /^---[ \t]*\n([\s\S]*?)(?:\n|^)(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  if (match === null) return withoutEnd(text);
  const yaml = match[1] ?? '';
  const diagnostics: Diagnostic[] = [];
  const add = (severity: Diagnostic['severity'], code: string, message: string, line: number, subject?: string, suggestion: string | null = null): void => {
    diagnostics.push({ severity, code, message, line, ...about(subject, suggestion) });
  };
  const lineCounter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter, prettyErrors: false, logLevel: 'silent', uniqueKeys: true });
  const broken = document.errors[0];
  const value: unknown = broken === undefined ? safeToJs(() => document.toJS({ maxAliasCount: 20 })) : null;
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap) {
    if (MARKDOWN_INSIDE.test(yaml) || (HEADING_INSIDE.test(yaml) && !OWN_KEY.test(yaml)) || !/^[\w-]+\s*:/m.test(yaml)) return withoutEnd(text);
    const line = 2 + lineOf(yaml, broken?.pos[0] ?? 0);
    const message = `The front matter is not valid YAML, so none of it is used: ${broken?.message ?? 'it is not a list of keys'}`;
    add('error', 'front-matter-syntax', message, line);
    return { frontMatter: isOurs(yaml) ? unusable(message, line) : NONE, body: blank(text, match[0]), diagnostics };
  }
  const map = value as Readonly<Record<string, unknown>>;
  const keyLine = (key: string): number => 2 + lineOf(yaml, Math.max(0, yaml.search(new RegExp(`^${key.replace(/[^\w]/g, '\\$&')}\\s*:`, 'm'))));
  let misspelt: string | null = null;
  for (const key of Object.keys(map)) {
    const known = FRONT_MATTER_KEYS.get(key);
    if (known === undefined) {
      const near = nearest(key, FRONT_MATTER_KEYS.keys());
      const message = `The front matter has no key "${key}". Did you mean "${near ?? ''}"?`;
      if (near !== null) add(GUARDS.has(near) ? 'error' : 'warning', 'unknown-key', message, keyLine(key), key, near);
      if (near !== null && GUARDS.has(near)) misspelt ??= setupProblem({ message, line: keyLine(key) });
    } else if (!known.acts) {
      add('info', 'not-acted-on', `"${key}" is read but not acted on by this version.`, keyLine(key), key);
    }
  }
  const version = typeof map['runbook'] === 'number' ? map['runbook'] : null;
  if (map['runbook'] !== undefined && version === null) add('warning', 'bad-value', '"runbook" has to be a number, for example 1.', keyLine('runbook'), 'runbook');
  if (version !== null && version > FORMAT_VERSION) {
    add('error', 'newer-format', `This runbook says format ${version}; this version knows format ${FORMAT_VERSION}. It opens for reading only. Update the extension to run it.`, keyLine('runbook'), 'runbook');
  }
  const title = typeof map['title'] === 'string' && map['title'].trim() !== '' ? map['title'].trim() : null;
  if (map['title'] !== undefined && title === null) add('warning', 'bad-value', '"title" has to be words; put them in quotes when they look like a number or a list.', keyLine('title'), 'title');
  // Runme names a shell by its path as well: only the name is taken, and looked for where blocks run.
  const shell = typeof map['shell'] === 'string' ? map['shell'].trim().toLowerCase().replace(/^\/(?:[\w.-]+\/)*/, '') : null;
  const knownShell = shell !== null && SHELLS.includes(shell) ? shell : null;
  if (map['shell'] !== undefined && knownShell === null) add('error', 'bad-value', `"shell" has to be one of ${SHELLS.join(', ')}.`, keyLine('shell'), typeof map['shell'] === 'string' ? map['shell'].trim() : 'shell', shell === null ? null : nearest(shell, SHELLS));
  const cwd = typeof map['cwd'] === 'string' && map['cwd'].trim() !== '' ? map['cwd'].trim() : null;
  if (map['cwd'] !== undefined && cwd === null) add('error', 'bad-value', '"cwd" has to name a folder inside the workspace, from the folder of this runbook, for example ../services/orders.', keyLine('cwd'), 'cwd');
  if (map['runme'] !== undefined) for (const key of RUNME_KEYS) if (map[key] !== undefined) add('info', 'runme-option', `"${key}" is for Runme; here it does nothing.`, keyLine(key), key);
  const timeout = map['timeout'];
  const timeoutSeconds = typeof timeout === 'string' ? parseDuration(timeout) : null;
  if (timeout !== undefined && timeoutSeconds === null) add('error', 'bad-value', '"timeout" has to be a duration such as 90s, 15m or 4h.', keyLine('timeout'), 'timeout');
  const { setup: read, diagnostics: found } = readSetup(document, lineCounter);
  diagnostics.push(...found);
  const setup = misspelt === null ? read : { ...(read ?? NO_QUESTIONS), problem: read?.problem ?? misspelt };
  const yamlReading = new YamlReading(document, lineCounter);
  const entryOf = (key: string): Entry | undefined => yamlReading.entries(document.contents)?.find((entry) => entry.key === key);
  const monitorsAt = entryOf('monitors');
  const triggersAt = entryOf('triggers');
  const monitors = monitorsAt === undefined ? [] : readMonitors(yamlReading, monitorsAt.value, monitorsAt.line, knownShell);
  const triggers = triggersAt === undefined ? [] : readDeclaredTriggers(yamlReading, triggersAt.value, triggersAt.line);
  const backupsAt = entryOf('backups');
  const backups = backupsAt === undefined ? [] : readBackups(yamlReading, backupsAt.value, backupsAt.line, (read?.environments ?? []).map(({ name }) => name));
  const packageAt = entryOf('package');
  const members = packageAt === undefined ? [] : readPackage(yamlReading, packageAt.value, packageAt.line);
  diagnostics.push(...yamlReading.diagnostics);
  const watched = { ...(monitors.length === 0 ? {} : { monitors }), ...(triggers.length === 0 ? {} : { triggers }), ...(backups.length === 0 ? {} : { backups }) };
  return { frontMatter: { version, title, shell: knownShell, ...(cwd === null ? {} : { cwd }), timeoutSeconds, ...(setup === undefined ? {} : { setup }), ...watched, ...(members.length === 0 ? {} : { package: members }) }, body: blank(text, match[0]), diagnostics };
}

/**
 * A text that is begun by a rule, or by front matter that nothing ends: keys of
 * ours right below it were meant for us, and what they guard must not be lost in silence.
 */
function withoutEnd(text: string): ReturnType<typeof readFrontMatter> {
  const head = /^---[ \t]*\n((?:[^\n]*\S[^\n]*(?:\n|$))*)/.exec(text)?.[1] ?? '';
  const markdownAt = head.search(MARKDOWN_INSIDE);
  if (!OWN_KEY.test(markdownAt === -1 ? head : head.slice(0, markdownAt))) return { frontMatter: NONE, body: text, diagnostics: [] };
  const message = 'The front matter has no end, so none of it is used: put a line of --- below its last key.';
  return { frontMatter: isOurs(head) ? unusable(message, 1) : NONE, body: text, diagnostics: [{ severity: 'error', code: 'front-matter-syntax', message, line: 1 }] };
}

/** Whether it was meant for us, as far as it can be read: what it would have asked for, guarded, or said of how commands run, nobody knows. */
function isOurs(yaml: string): boolean {
  return OWN_KEY.test(yaml) || [...GUARDS].some((key) => new RegExp(`^\\s*["']?${key}["']?\\s*:`, 'm').test(yaml));
}

/** No run is started by it before it is mended. */
function unusable(message: string, line: number): FrontMatter {
  return { ...NONE, setup: { ...NO_QUESTIONS, problem: setupProblem({ message, line }) } };
}

/** YAML with too many aliases throws on conversion; that is bad YAML to us. */
function safeToJs(convert: () => unknown): unknown {
  try {
    return convert();
  } catch {
    return null;
  }
}

function blank(text: string, head: string): string {
  return head.replace(/[^\n]+/g, '') + text.slice(head.length);
}

/** Number of line ends before `offset`. */
function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
