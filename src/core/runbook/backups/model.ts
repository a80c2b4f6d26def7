/** A kind of backup that a runbook makes, as its front matter declares it. */
export interface BackupDefinition {
  readonly name: string;
  readonly description: string | null;
  readonly keep: KeepRule;
  readonly line: number;
}

/** How many are kept: of every environment, or of those that are named. Without a number all are kept. */
export interface KeepRule {
  readonly everywhere: number | null;
  readonly of: readonly { readonly environment: string; readonly keep: number }[];
}

/** What a block does with backups of a kind. */
export interface BackupUse {
  readonly act: 'makes' | 'prunes' | 'restores';
  /** Name of the kind, as the front matter has it. */
  readonly of: string;
}

/** What is deployed once a block has succeeded: names of the inputs or captured values that say it. */
export interface StatedNames {
  readonly release?: string;
  readonly commit?: string;
  readonly schema?: string;
}

/** Environment variables that a block with `restore` and one with `prune` get. */
export const BACKUP_VARIABLE = 'BACKUP';
export const PRUNE_VARIABLE = 'BACKUPS_TO_PRUNE';

export const ALL_ARE_KEPT: KeepRule = { everywhere: null, of: [] };

/** How many backups of an environment (null: of runs without one) are kept; null: all. */
export function keptIn({ everywhere, of }: KeepRule, environment: string | null): number | null {
  return of.find((each) => each.environment === environment)?.keep ?? everywhere;
}
