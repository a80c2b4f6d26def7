import { realpathSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { env, type ExtensionContext, type TextDocument, type Uri, workspace } from 'vscode';
import { parseRunbook } from '../../core/runbook/parse.ts';
import { onlyOf } from '../../core/status/pastFacts.ts';
import type { StatusSource } from '../../session/ports.ts';
import type { SessionPorts } from '../../session/api.ts';
import { Git } from '../../node/git.ts';
import { SystemIds } from '../../node/idSource.ts';
import { FetchClient } from '../../node/httpClient.ts';
import { matchPattern } from '../../node/patternMatch.ts';
import { ShellProbe } from '../../node/monitorProbe.ts';
import { JsonlStore } from '../../node/record/jsonlStore.ts';
import { PackageRunsReader } from '../../node/record/packageRuns.ts';
import { pastRuns } from '../../node/record/pastRuns.ts';
import { WorkspaceFiles } from '../../node/workspaceFiles.ts';
import { systemClock } from '../../node/systemClock.ts';
import { createSession } from '../../session/session.ts';
import type { ErrorReporter } from '../errors.ts';
import type { Log } from '../log.ts';
import { readSetting } from '../settings.ts';
import type { RunTerminals } from '../terminal/runTerminals.ts';
import { TerminalExecutor } from '../terminal/terminalExecutor.ts';
import { refusal } from '../trust.ts';
import { DocumentSession } from './documentSession.ts';
import { EditorVault } from './editorVault.ts';
import { GitWatch } from './gitWatch.ts';
import { latestUnfinished } from './latestUnfinished.ts';
import { PackageWatch } from './packageWatch.ts';
import { PastRunsWatch } from './pastRunsWatch.ts';
import { RecordFollower } from './recordFollower.ts';
import { type RecordPlace, recordPlaces } from './recordPlace.ts';
import type { StatusIndexes } from '../../node/record/statusIndex.ts';
import type { SessionRegistry } from './registry.ts';
import { StatusWatch } from './statusWatch.ts';
import { timeFormat } from './timeFormat.ts';

/** Where a document's runs are, and the one that goes on there. */
interface Taken {
  readonly place: RecordPlace;
  readonly store: JsonlStore;
  readonly runId: string | null;
}

/** Makes the session of a document: its ports, its run if one goes on. */
export class SessionFactory {
  readonly #context: ExtensionContext;
  readonly #terminals: RunTerminals;
  readonly #log: Log;
  readonly #errors: ErrorReporter;
  readonly #statuses: StatusIndexes;

  constructor(context: ExtensionContext, terminals: RunTerminals, statuses: StatusIndexes, log: Log, errors: ErrorReporter) {
    this.#context = context;
    this.#terminals = terminals;
    this.#statuses = statuses;
    this.#log = log;
    this.#errors = errors;
  }

  async make(document: TextDocument, registry: SessionRegistry): Promise<DocumentSession> {
    const { uri } = document;
    const storage = this.#context.globalStorageUri.fsPath;
    await mkdir(storage, { recursive: true, mode: 0o700 });
    const { place, store, runId } = await this.#placeFor(uri, storage);
    const versionControl = new Git({ base: place.base, isTrusted: () => workspace.isTrusted });
    const executor = this.#executor(uri, place.base);
    const probe = new ShellProbe({ storage: join(storage, 'x'), base: place.base });
    const others = new PackageWatch(place, new PackageRunsReader(place.runs, store), registry);
    const ports: SessionPorts = { executor, store, versionControl, clock: systemClock, ids: new SystemIds(), http: new FetchClient(), files: new WorkspaceFiles(place.base, isUnsaved), matches: matchPattern, probe, assertTrusted: () => assertMayRun(uri), secrets: new EditorVault(this.#context.secrets, uri.toString()), status: this.#statusAt(uri, place, storage), packageRuns: others };
    const text = document.getText();
    const session = createSession(ports, parseRunbook(text), text, { file: place.file, parse: parseRunbook });
    const git = new GitWatch(versionControl);
    const follower = new RecordFollower(session, (runId, changed) => store.watch(runId, changed));
    const past = new PastRunsWatch(() => pastRuns(place.boundary, place.runs, place.file));
    const statusWatch = new StatusWatch(session, recordPlaces(uri, storage).map(({ runs }) => runs));
    const made = new DocumentSession(document, {
      session,
      place,
      git,
      past,
      package: others,
      formatTime: timeFormat(env.language, () => Date.now()),
      showTerminal: (runId, key) => executor.show(runId, key),
      ended: [probe, executor, git, past, others, follower, statusWatch, { dispose: () => void store.dispose() }],
    });
    await this.#errors.guard('taking up a run', async () => {
      if (runId !== null) await session.resume(runId);
    });
    return made;
  }

  /** What records say where this document's runs lie. Runs of files outside of any folder lie together and have nothing to do with each other. */
  #statusAt(uri: Uri, place: RecordPlace, storage: string): StatusSource {
    const index = this.#statuses.at(recordPlaces(uri, storage));
    return place.kind !== 'outside' ? index : { read: async () => onlyOf(place.file, await index.read()) };
  }

  /** The place of a run that goes on, even if the setting has changed since; else the one for new runs. */
  async #placeFor(uri: Uri, storage: string): Promise<Taken> {
    const stores = recordPlaces(uri, storage).map((place) => ({
      place,
      store: new JsonlStore({ runs: place.runs, boundary: place.boundary, claims: join(storage, 'claims') }),
    }));
    const find = async ({ place, store }: (typeof stores)[number]): Promise<string | null> =>
      (await this.#errors.guard('looking for a run that goes on', () => latestUnfinished(store, place.file, (run) => store.isKnown(run)))) ?? null;
    const found = await Promise.all(stores.map(find));
    const at = Math.max(0, found.findIndex((runId) => runId !== null));
    for (const [index, { store }] of stores.entries()) if (index !== at) await store.dispose();
    const taken = stores[at];
    if (taken === undefined) throw new Error('a document has no place for its record');
    return { ...taken, runId: found[at] ?? null };
  }

  #executor(uri: Uri, base: string): TerminalExecutor {
    const { extensionUri, globalStorageUri } = this.#context;
    const setting = {
      // A short name: it is part of the line that a person sees typed into the terminal.
      storage: join(globalStorageUri.fsPath, 'x'),
      media: join(extensionUri.fsPath, 'media', 'runner'),
      base,
      shellPath: () => readSetting('terminal.shellPath', uri),
    };
    return new TerminalExecutor(setting, this.#terminals, this.#log);
  }
}

/** Whether a document of the editor with this real path has changes that are not saved. */
function isUnsaved(path: string): boolean {
  return workspace.textDocuments.some(({ isDirty, uri }) => isDirty && uri.scheme === 'file' && realPath(uri.fsPath) === path);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function assertMayRun(uri: Uri): void {
  const refused = refusal(uri);
  if (refused !== null) throw refused;
}
