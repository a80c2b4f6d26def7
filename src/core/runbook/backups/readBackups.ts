import type { Node } from 'yaml';
import { nearest } from '../nearest.ts';
import { MOST_OF_EACH } from '../setup/model.ts';
import { reportUnknownKeys } from '../setup/unknownKey.ts';
import type { Entry, YamlReading } from '../setup/yamlReading.ts';
import { BACKUP_KEYS } from '../frontMatterTable.ts';
import { ALL_ARE_KEPT, type BackupDefinition, type KeepRule } from './model.ts';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;
const COUNT = /^[1-9]\d{0,3}$/;

/**
 * Reads `backups:`; one that is wrong is reported and left out, and a `keep` that is wrong keeps all.
 * @param environments names of the environments that the runbook has
 */
export function readBackups(yaml: YamlReading, node: Node | null, line: number, environments: readonly string[]): readonly BackupDefinition[] {
  const entries = yaml.entries(node);
  if (entries === null || entries.length === 0) {
    yaml.error('"backups" has to hold names, for example orders-db: { description: Database of the orders service, keep: 10 }.', line, 'backups');
    return [];
  }
  if (entries.length > MOST_OF_EACH) yaml.error(`"backups" has more than ${String(MOST_OF_EACH)} entries; the rest is not read.`, line, 'backups');
  return entries.slice(0, MOST_OF_EACH).flatMap((entry) => readBackup(yaml, entry, environments) ?? []);
}

function readBackup(yaml: YamlReading, { key: name, value, line }: Entry, environments: readonly string[]): BackupDefinition | null {
  if (!NAME.test(name)) {
    yaml.error(`"${name}" cannot be the name of a backup. Use up to 64 letters, digits and . _ -, beginning with a letter or a digit.`, line, name);
    return null;
  }
  const of = `The backup ${name}`;
  const bare: BackupDefinition = { name, description: null, keep: ALL_ARE_KEPT, line };
  if (yaml.isEmpty(value)) return bare;
  const entries = yaml.entries(value);
  if (entries === null) {
    yaml.error(`${of} has to hold settings, for example { description: Database of the orders service, keep: 10 }.`, line, name);
    return bare;
  }
  reportUnknownKeys(yaml, entries, BACKUP_KEYS, of);
  const description = entries.find(({ key }) => key === 'description');
  const keep = entries.find(({ key }) => key === 'keep');
  return { ...bare, description: description === undefined ? null : yaml.text(description.value), keep: keep === undefined ? ALL_ARE_KEPT : readKeep(yaml, keep, of, environments) };
}

/** One number, or one for each environment that is named. */
function readKeep(yaml: YamlReading, { value, line }: Entry, of: string, environments: readonly string[]): KeepRule {
  const entries = yaml.entries(value);
  if (entries === null) {
    const text = yaml.text(value);
    if (text !== null && COUNT.test(text)) return { everywhere: Number(text), of: [] };
    yaml.error(`${of}: "keep" has to be a whole number from 1 on, such as 10, or one for each environment, such as { production: 10 }. All are kept.`, line, 'keep');
    return ALL_ARE_KEPT;
  }
  return {
    everywhere: null,
    of: entries.flatMap((entry) => {
      const text = yaml.text(entry.value);
      if (!environments.includes(entry.key)) yaml.error(`${of}: "keep" names ${entry.key}, and the runbook has no such environment${environments.length === 0 ? '' : ` (it has ${environments.join(', ')})`}.`, entry.line, entry.key, nearest(entry.key, environments));
      else if (text === null || !COUNT.test(text)) yaml.error(`${of}: "keep" of ${entry.key} has to be a whole number from 1 on. All are kept there.`, entry.line, entry.key);
      else return [{ environment: entry.key, keep: Number(text) }];
      return [];
    }),
  };
}
