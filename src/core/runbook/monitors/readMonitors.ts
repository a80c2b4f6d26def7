import type { Node } from 'yaml';
import { makeCommand, NO_OPTIONS } from '../command.ts';
import { parseDuration } from '../time.ts';
import { reportUnknownKeys } from '../setup/unknownKey.ts';
import type { Entry, YamlReading } from '../setup/yamlReading.ts';
import { MONITOR_KEYS } from '../frontMatterTable.ts';
import { SHELLS } from '../vocabulary.ts';
import { metricKey, type Monitor } from './model.ts';

const NAME = /^[\p{L}][\p{L}\p{N}_ .-]{0,63}$/u;
const UNIT = /^[^\s\p{C}]{1,12}$/u;
const MOST = 20;
const LONGEST_COMMAND = 4_096;
const EVERY = { usual: 30, least: 1, most: 3600 };
const TIMEOUT = { usual: 10, least: 1, most: 300 };

/** Reads `monitors:`; one that is wrong is reported and left out, so that it never half works. */
export function readMonitors(yaml: YamlReading, node: Node | null, line: number, documentShell: string | null): readonly Monitor[] {
  const entries = yaml.entries(node);
  if (entries === null || entries.length === 0) {
    yaml.error('"monitors" has to hold names with their commands, for example error_rate: { command: "./bin/metric error_rate", every: 30s }.', line, 'monitors');
    return [];
  }
  if (entries.length > MOST) yaml.error(`"monitors" has more than ${String(MOST)} entries; the rest is not read.`, line, 'monitors');
  const seen = new Set<string>();
  return entries.slice(0, MOST).flatMap((entry) => {
    const monitor = readMonitor(yaml, entry, documentShell);
    if (monitor === null) return [];
    if (seen.has(metricKey(monitor.name))) {
      yaml.error(`There are two monitors for ${monitor.name}; the first one counts.`, entry.line, entry.key);
      return [];
    }
    seen.add(metricKey(monitor.name));
    return [monitor];
  });
}

function readMonitor(yaml: YamlReading, { key: name, value, line }: Entry, documentShell: string | null): Monitor | null {
  const of = `The monitor ${name}`;
  const wrong = (message: string, at = line, subject = name): null => {
    yaml.error(message, at, subject);
    return null;
  };
  if (!NAME.test(name)) return wrong(`"${name}" cannot be the name of a monitor. Begin with a letter; use up to 64 letters, digits, spaces and . _ -.`);
  const entries = yaml.entries(value);
  if (entries === null) return wrong(`${of} has to hold its command, for example { command: "./bin/metric ${name}", every: 30s }.`);
  reportUnknownKeys(yaml, entries, MONITOR_KEYS, of);
  const at = (key: string): Entry | undefined => entries.find((entry) => entry.key === key);
  const text = (key: string): string | null => yaml.text(at(key)?.value ?? null);
  const written = text('command');
  if (written === null || written.trim() === '') return wrong(`${of} has no command, so there is nothing to ask. Write command: "…".`);
  if (written.length > LONGEST_COMMAND || written.includes('\0')) return wrong(`${of}: its command is longer than ${String(LONGEST_COMMAND)} characters, or holds NUL. Put it into a script.`, at('command')?.line, 'command');
  const everySeconds = seconds(yaml, at('every'), of, EVERY);
  const timeoutSeconds = seconds(yaml, at('timeout'), of, TIMEOUT);
  if (everySeconds === null || timeoutSeconds === null) return null;
  const shell = text('shell')?.trim().toLowerCase() ?? null;
  if (at('shell') !== undefined && (shell === null || !SHELLS.includes(shell))) return wrong(`${of}: "shell" has to be one of ${SHELLS.join(', ')}.`, at('shell')?.line, 'shell');
  const unit = text('unit')?.trim() ?? null;
  if (at('unit') !== undefined && (unit === null || !UNIT.test(unit))) return wrong(`${of}: "unit" has to be a short word without spaces, such as "%" or ms.`, at('unit')?.line, 'unit');
  const commandLine = at('command')?.line ?? line;
  const command = makeCommand(shell ?? documentShell ?? 'sh', `${written.replace(/\r\n?/g, '\n').trim()}\n`, commandLine, { ...NO_OPTIONS, timeoutSeconds, shell }, null);
  if (command.placeholders.length > 0) return wrong(`${of}: its command holds the placeholder ${command.placeholders[0]?.name ?? ''}, and nothing is filled in there. Use an input of the front matter, which it gets as an environment variable.`, commandLine, command.placeholders[0]?.name);
  if (command.hidden.length > 0) yaml.report({ severity: 'warning', code: 'hidden-characters', message: `${of}: its command holds characters that cannot be seen or that can mislead: ${command.hidden.map(({ codePoint }) => codePoint).join(', ')}. Replace or remove them.`, line: commandLine, subject: 'command' });
  return { name, command, everySeconds, timeoutSeconds, unit, line };
}

/** A duration within limits; null when it is wrong, which is reported. */
function seconds(yaml: YamlReading, entry: Entry | undefined, of: string, { usual, least, most }: typeof EVERY): number | null {
  if (entry === undefined) return usual;
  const given = parseDuration(yaml.text(entry.value) ?? '');
  if (given !== null && given >= least && given <= most) return given;
  yaml.error(`${of}: "${entry.key}" has to be a duration from ${String(least)}s to ${String(most)}s, such as ${String(usual)}s.`, entry.line, entry.key);
  return null;
}
