import type { Node } from 'yaml';
import type { Trigger } from '../model.ts';
import { reportUnknownKeys } from '../setup/unknownKey.ts';
import type { YamlReading } from '../setup/yamlReading.ts';
import { parseDuration } from '../time.ts';
import { parseTrigger } from '../triggers.ts';
import { TRIGGER_KEYS } from '../frontMatterTable.ts';

const MOST = 50;
const LONGEST_FOR = 86_400;

/** Reads the front matter's `triggers:`; one that is wrong is reported and left out. */
export function readDeclaredTriggers(yaml: YamlReading, node: Node | null, line: number): readonly Trigger[] {
  const items = yaml.items(node);
  if (items === null) {
    yaml.error('"triggers" has to be a list, for example - { when: "error_rate > 5%", for: 5m, level: 1 }.', line, 'triggers');
    return [];
  }
  if (items.length > MOST) yaml.error(`"triggers" has more than ${String(MOST)} entries; the rest is not read.`, line, 'triggers');
  return items.slice(0, MOST).flatMap((item) => readTrigger(yaml, item, item === null ? line : yaml.lineOf(item)) ?? []);
}

function readTrigger(yaml: YamlReading, node: Node | null, line: number): Trigger | null {
  const wrong = (message: string, subject?: string): null => {
    yaml.error(message, line, subject);
    return null;
  };
  const entries = yaml.entries(node);
  if (entries === null) return wrong('A trigger has to say when, for example { when: "error_rate > 5%", for: 5m, level: 1 }.');
  reportUnknownKeys(yaml, entries, TRIGGER_KEYS, 'A trigger');
  const text = (key: string): string | null => yaml.text(entries.find((entry) => entry.key === key)?.value ?? null);
  const has = (key: string): boolean => entries.some((entry) => entry.key === key);
  const when = text('when')?.trim() ?? '';
  const parsed = parseTrigger(when, line, text('severity'));
  if (when === '' || parsed.operator === null || parsed.value === null || !Number.isFinite(parsed.value)) return wrong(`"when" has to compare a metric with a number, such as "error_rate > 5%"${when === '' ? '' : `; "${when}" does not`}.`, when === '' ? undefined : when);
  const held = text('for');
  const forSeconds = has('for') ? parseDuration(held ?? '') : parsed.forSeconds;
  if (has('for') && (forSeconds === null || forSeconds > LONGEST_FOR)) return wrong('"for" has to be how long the condition holds before it counts, such as 5m, and a day at most.', 'for');
  const level = text('level');
  if (has('level') && (level === null || !/^[1-9]\d?$/.test(level))) return wrong('"level" has to be the number of a rollback level, from 1 on.', 'level');
  return { ...parsed, forSeconds, action: text('action') ?? parsed.action, level: level === null ? parsed.level : Number(level), declared: true };
}
