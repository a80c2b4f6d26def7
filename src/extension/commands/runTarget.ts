import { Uri } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import type { FoundRun } from '../../node/record/runIndex.ts';
import type { Engine } from '../engine.ts';
import { pickRun } from '../runs/pickRun.ts';
import { RunNode } from '../trees/nodes.ts';
import type { CommandHost } from './command.ts';
import { namedDocument } from './target.ts';

/** A recorded run that a command acts on. */
export interface RunTarget {
  readonly engine: Engine;
  readonly run: FoundRun;
}

/**
 * The run that is meant: the row or folder that a caller names, the one of the
 * active runbook, or one that the person picks. Undefined when they pick none.
 *
 * @param title of the question which one
 * @throws UserError for a row that is gone, a folder that is no run of this workspace, and when there are no runs
 */
export async function runTarget(host: CommandHost, args: readonly unknown[], title: string): Promise<RunTarget | undefined> {
  const [named] = args;
  // A row was meant that the editor does not know any more: another run must not take its place.
  if (args.length > 0 && named === undefined) throw errors.rowGone();
  const engine = await host.engine.load();
  const folder = folderOf(named) ?? activeRun(engine);
  const run = folder === undefined ? await pickRun(engine.records, title) : await engine.records.at(folder);
  return run === undefined ? undefined : { engine, run };
}

function folderOf(named: unknown): string | undefined {
  if (named === undefined) return undefined;
  if (named instanceof RunNode) return named.run.folder;
  if (named instanceof Uri && named.scheme === 'file') return named.fsPath;
  throw errors.badArguments();
}

function activeRun(engine: Engine): string | undefined {
  const document = namedDocument([]);
  return document === undefined ? undefined : (engine.registry.find(document)?.runFolder ?? undefined);
}
