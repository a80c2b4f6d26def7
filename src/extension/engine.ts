import { join } from 'node:path';
import { env, type TextDocument } from 'vscode';
import { StatusIndexes } from '../node/record/statusIndex.ts';
import { annotate } from './annotate/annotate.ts';
import { ProposalTexts } from './annotate/proposalTexts.ts';
import { DisposableStore } from './dispose.ts';
import { FiringNotices } from './firingNotices.ts';
import type { EngineHost } from './engineLoader.ts';
import { PastReader } from './language/pastFacts.ts';
import { registerLanguage } from './language/registerLanguage.ts';
import { ShellChecks } from './language/shellChecks.ts';
import { Sources } from './language/sources.ts';
import { Panels } from './panel/panels.ts';
import { Reviews } from './review/reviews.ts';
import { RecordActs } from './runs/recordActs.ts';
import { Environments } from './runs/environments.ts';
import { Records } from './runs/records.ts';
import { SessionFactory } from './sessions/factory.ts';
import { SessionRegistry } from './sessions/registry.ts';
import { dateSearchWords, timeFormat } from './sessions/timeFormat.ts';
import { stepLenses, type StepLens } from './stepLenses.ts';
import { RunTerminals } from './terminal/runTerminals.ts';
import { terminalMemory } from './terminal/terminalMemory.ts';

/** The heavy half of the extension: everything that reads, runs or shows a runbook. */
export interface Engine {
  readonly registry: SessionRegistry;
  readonly panels: Panels;
  /** Runs that have been recorded, and what can be done with them. */
  readonly records: Records;
  readonly acts: RecordActs;
  /** What is deployed where, as the records say. */
  readonly environments: Environments;
  /** Records that are open in panels of their own. */
  readonly reviews: Reviews;
  /** Steps of a document that can be run, for the lenses above them. */
  stepLenses(document: TextDocument): readonly StepLens[];
  /** Texts with proposed annotations that are open. */
  readonly proposals: ProposalTexts;
  /** Proposes annotations for a document, to be looked through and applied. */
  annotate(document: TextDocument): Promise<void>;
  dispose(): void;
}

/** Puts the engine together. Called once, by the loader. */
export function createEngine({ context, log, errors }: EngineHost): Engine {
  const store = new DisposableStore((error) => log.error(error, 'shutting down'));
  const terminals = store.add(new RunTerminals(terminalMemory(context.workspaceState)));
  const statuses = new StatusIndexes({ claims: join(context.globalStorageUri.fsPath, 'claims'), now: () => Date.now() });
  const factory = new SessionFactory(context, terminals, statuses, log, errors);
  const registry: SessionRegistry = store.add(new SessionRegistry((document) => factory.make(document, registry)));
  const services = { extensionUri: context.extensionUri, log, errors };
  const panels = store.add(new Panels(registry, services));
  store.add(new FiringNotices(registry, panels));
  const storage = context.globalStorageUri.fsPath;
  const reviews = store.add(new Reviews(services, storage));
  const sources = new Sources();
  store.add(registerLanguage({ sources, past: new PastReader(storage), shells: new ShellChecks(join(context.extensionPath, 'dist', 'grammars'), log), log }));
  const proposals = new ProposalTexts();
  store.add(proposals.register());
  const formatTime = timeFormat(env.language, () => Date.now());
  const records = new Records(storage, formatTime, dateSearchWords(env.language, () => Date.now()));
  return { registry, panels, records, reviews, acts: new RecordActs(storage), environments: new Environments(storage, statuses, formatTime), stepLenses: (document) => stepLenses(sources.of(document).runbook), proposals, annotate: (document) => annotate(document, proposals), dispose: () => store.dispose() };
}
