import type { Attributes } from '../attributes.ts';
import type { CommandOptions } from '../model.ts';
import type { BackupUse } from './model.ts';

const ACTS: readonly (readonly [string, BackupUse['act']])[] = [['backup', 'makes'], ['prune', 'prunes'], ['restore', 'restores']];
const STATED = [['deploys', 'release'], ['commit', 'commit'], ['schema', 'schema']] as const;

/** Every attribute that is read here. */
export const BACKUP_ATTRIBUTES: readonly string[] = [...ACTS, ...STATED].map(([name]) => name);

/** Reads what a block does with backups and what it states to be deployed. `bad` is told of values that are wrong, which are left out. */
export function readBackupWords({ values }: Attributes, bad: (message: string, subject?: string) => void): Pick<CommandOptions, 'backup' | 'states'> {
  const given = ACTS.filter(([name]) => values.has(name));
  const [first, second] = given;
  if (first !== undefined && second !== undefined) bad(`"${first[0]}" and "${second[0]}" do not go together on one block; "${first[0]}" counts. Give the other one a block of its own.`, second[0]);
  const of = first === undefined ? undefined : values.get(first[0]);
  if (of === true) bad(`"${first?.[0] ?? ''}" has to name a backup of the front matter, such as ${first?.[0] ?? ''}=orders-db.`, first?.[0]);
  const stated = STATED.flatMap(([name, what]) => {
    const value = values.get(name);
    if (value === true) bad(`"${name}" has to name the input or the captured value that says it, such as ${name}=VERSION.`, name);
    return typeof value === 'string' ? [[what, value] as const] : [];
  });
  return {
    ...(first === undefined || typeof of !== 'string' ? {} : { backup: { act: first[1], of } }),
    ...(stated.length === 0 ? {} : { states: Object.fromEntries(stated) }),
  };
}
