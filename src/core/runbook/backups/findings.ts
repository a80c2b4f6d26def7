import { about } from '../about.ts';
import { allCommands } from '../allCommands.ts';
import type { Command, Diagnostic, FrontMatter, RollbackLevel, Step, Undo } from '../model.ts';
import { nearest } from '../nearest.ts';
import { BACKUP_VARIABLE, PRUNE_VARIABLE } from './model.ts';

const WORDS = { makes: 'backup', prunes: 'prune', restores: 'restore' } as const;
const STATED = { release: 'deploys', commit: 'commit', schema: 'schema' } as const;

interface Parts {
  readonly steps: readonly Step[];
  readonly levels: readonly RollbackLevel[];
  readonly undos: readonly Undo[];
  readonly frontMatter: FrontMatter;
}

/** Where blocks name backups that are not declared, or values that nothing ever gives. */
export function backupFindings({ steps, levels, undos, frontMatter }: Parts): readonly Diagnostic[] {
  const commands = [...allCommands({ steps, levels, undos })];
  if (commands.every(({ options }) => options.backup === undefined && options.states === undefined)) return [];
  const names = (frontMatter.backups ?? []).map(({ name }) => name);
  const inputs = frontMatter.setup?.inputs ?? [];
  const given = new Set([...inputs.map(({ name }) => name), ...(frontMatter.setup?.environments ?? []).flatMap(({ variables }) => variables.map(({ name }) => name)), ...commands.flatMap(({ options }) => options.capture ?? [])]);
  const secrets = new Set(inputs.flatMap(({ name, secret }) => (secret ? [name] : [])));
  const inBackground = new Set(steps.flatMap((step) => (step.background ? step.commands : [])));
  return commands.flatMap((command) => [
    ...useFindings(command, names),
    ...statedFindings(command, given, secrets),
    ...variableFindings(command, given),
    ...(inBackground.has(command) && (command.options.backup !== undefined || command.options.states !== undefined) ? [error('misplaced-attribute', 'What runs in the background never counts as succeeded, so it makes no backup and states nothing. Give that a block of its own.', command.line, about('background'))] : []),
  ]);
}

function useFindings({ options, line }: Command, names: readonly string[]): readonly Diagnostic[] {
  const { backup, capture } = options;
  if (backup === undefined) return [];
  const word = WORDS[backup.act];
  const found: Diagnostic[] = [];
  if (!names.includes(backup.of)) {
    const near = nearest(backup.of, names);
    const then = backup.act === 'makes' ? 'What this block makes is not recorded as a backup.' : 'This block cannot run.';
    found.push(error('unknown-backup', `"${word}=${backup.of}" names a backup that "backups" of the front matter does not declare. ${near === null ? '' : `Did you mean "${near}"? `}${then}`, line, about(backup.of, near)));
  }
  if (backup.act === 'makes' && capture === undefined) found.push(error('backup-without-capture', `"backup=${backup.of}" needs capture=NAME on the same block: what it prints is the name of the backup. Without it no backup is recorded.`, line, about(word)));
  return found;
}

function statedFindings({ options, line }: Command, given: ReadonlySet<string>, secrets: ReadonlySet<string>): readonly Diagnostic[] {
  return (['release', 'commit', 'schema'] as const).flatMap((what): readonly Diagnostic[] => {
    const name = options.states?.[what];
    if (name === undefined) return [];
    if (secrets.has(name)) return [error('unknown-value', `"${STATED[what]}=${name}" names a secret, which is kept nowhere: nothing is stated. Name another input or a captured value.`, line, about(name))];
    if (given.has(name)) return [];
    const near = nearest(name, given);
    return [error('unknown-value', `"${STATED[what]}=${name}" names neither an input nor a value that a block captures, so nothing is ever stated${near === null ? '.' : `; did you mean "${near}"?`}`, line, about(name, near))];
  });
}

/** A value of the runbook's own under the name that such a block gets from us. */
function variableFindings({ options, line }: Command, given: ReadonlySet<string>): readonly Diagnostic[] {
  const name = options.backup?.act === 'restores' ? BACKUP_VARIABLE : options.backup?.act === 'prunes' ? PRUNE_VARIABLE : null;
  if (name === null || (!given.has(name) && options.env?.some((each) => each.name === name) !== true)) return [];
  return [{ severity: 'warning', code: 'shadowed-input', message: `${name} is what this block gets as the name of the backups; another value of that name does not reach it. Rename that one.`, line, ...about(name) }];
}

function error(code: string, message: string, line: number, word: ReturnType<typeof about>): Diagnostic {
  return { severity: 'error', code, message, line, ...word };
}
