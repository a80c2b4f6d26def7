import { EventEmitter, RelativePattern, Uri, window, workspace } from 'vscode';
import { rootIdOf } from '../../core/run/package/packageRuns.ts';
import type { RunState } from '../../core/run/state.ts';
import { NO_RECORDS, type PackageRecords, type UnreadRun } from '../../core/run/package/packageRecords.ts';
import type { PackageInput, PackageMember } from '../../core/view/package/packageInput.ts';
import type { PackageRunsReader } from '../../node/record/packageRuns.ts';
import type { SessionSnapshot } from '../../session/api.ts';
import type { PackageRuns } from '../../session/ports.ts';
import { DisposableStore } from '../dispose.ts';
import type { DocumentSession } from './documentSession.ts';
import { PackageMembers } from './packageMembers.ts';
import type { RecordPlace } from './recordPlace.ts';
import type { SessionRegistry } from './registry.ts';

/** What happens together is looked at together, in milliseconds. */
const SETTLE_MS = 60;

/** The package that a document belongs to: its other runbooks, and their runs in this workspace. */
export class PackageWatch implements PackageRuns {
  readonly #place: RecordPlace;
  readonly #reader: PackageRunsReader;
  readonly #registry: SessionRegistry;
  readonly #members: PackageMembers;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #watched = new Map<string, DisposableStore>();
  #snapshot: SessionSnapshot | null = null;
  #listed = '';
  #waiting: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #disk: PackageRecords = NO_RECORDS;
  #found: readonly PackageMember[] = [];
  #input: PackageInput | null = null;

  constructor(place: RecordPlace, reader: PackageRunsReader, registry: SessionRegistry) {
    this.#place = place;
    this.#reader = reader;
    this.#registry = registry;
    this.#members = new PackageMembers(place);
    this.#store.add(registry.onDidChange(() => this.#soon()));
    this.#store.add(window.onDidChangeWindowState(({ focused }) => focused && this.#soon()));
    this.#store.defer(() => clearTimeout(this.#waiting));
    this.#store.defer(() => this.#watch([]));
  }

  /** Null for a runbook that stands alone. */
  get input(): PackageInput | null {
    return this.#input;
  }

  /** The member that a message of the panel names, and its file. */
  member(id: string): { readonly member: PackageMember; readonly uri: Uri } | null {
    const member = this.#found.find((each) => each.id === id);
    return member?.file == null ? null : { member, uri: this.#members.uriOf(member.file) };
  }

  /** What can be used: from disk, where everything is before it is shown, and without what came with git. */
  read(): Promise<PackageRecords> {
    return this.#onDisk();
  }

  async #onDisk(): Promise<PackageRecords> {
    if (this.#isAlone()) return NO_RECORDS;
    const { runs, unread } = await this.#reader.read();
    return { runs: this.#meant(runs), unread: this.#meantUnread(unread) };
  }

  /** Looks again when the document lists others, or its run is another. */
  follow(snapshot: SessionSnapshot): void {
    this.#snapshot = snapshot;
    const { runbook, state } = snapshot;
    const listed = JSON.stringify([runbook.frontMatter.package?.map(({ path }) => path), state?.runId, state?.partOf, state?.ended]);
    if (listed === this.#listed) return;
    this.#listed = listed;
    this.#soon();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #soon(): void {
    if (this.#store.isEnded || (this.#isAlone() && this.#input === null)) return;
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#look(), SETTLE_MS);
  }

  #look(): void {
    this.#lookAgain = this.#looking !== null;
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null;
      if (this.#lookAgain) this.#soon();
    });
  }

  async #lookOnce(): Promise<void> {
    const entries = this.#entries();
    this.#disk = await this.#onDisk();
    this.#found = await Promise.all(entries.map(([id, file]) => this.#members.of(id, file)));
    if (this.#store.isEnded) return;
    this.#watch(entries.flatMap(([, file]) => file ?? []));
    const input = this.#found.length === 0 ? null : { members: this.#found, ...this.#withLive(this.#disk) };
    if (same(this.#input, input)) return;
    this.#input = input;
    this.#changed.fire();
  }

  /** Ids and files of the members: what the document lists, and the runbook of the run that its own is part of. */
  #entries(): readonly (readonly [id: string, file: string | null])[] {
    const listed = (this.#snapshot?.runbook.frontMatter.package ?? []).map(({ path }) => [path, this.#members.fileOf(path)] as const);
    const root = this.#snapshot?.state?.partOf?.file;
    return root === undefined || listed.some(([, file]) => file === root) ? listed : [...listed, [`/${root}`, root]];
  }

  /** Files that it lists, and those of open runbooks that list it. */
  #files(): ReadonlySet<string> {
    const listing = this.#others().filter((other) => other.packageFiles.includes(this.#place.file));
    return new Set([...this.#entries().flatMap(([, file]) => file ?? []), ...listing.map(({ file }) => file)]);
  }

  #isAlone(): boolean {
    return this.#files().size === 0;
  }

  /** Sessions of other runbooks whose runs lie in the same place. */
  #others(): readonly DocumentSession[] {
    return this.#registry.all.filter(({ runs, file }) => runs === this.#place.runs && file !== this.#place.file);
  }

  /** Runs of its package's runbooks, and whatever belongs together with its own. */
  #meant(runs: readonly RunState[]): readonly RunState[] {
    const files = this.#files();
    const own = this.#snapshot?.state ?? null;
    const root = own === null ? null : rootIdOf(own);
    return runs.filter((run) => files.has(run.file) || (root !== null && rootIdOf(run) === root));
  }

  /** Those that go on, or belong together with its own run. */
  #meantUnread(unread: readonly UnreadRun[]): readonly UnreadRun[] {
    const files = this.#files();
    const own = this.#snapshot?.state ?? null;
    const root = own === null ? null : rootIdOf(own);
    return unread.filter(({ runId, file, rootId, isOpen }) => runId === null || (runId !== own?.runId && file !== this.#place.file && ((root !== null && rootId === root) || (isOpen && (file === null || files.has(file))))));
  }

  /** What sessions of this window know is newer than what was read: to be shown, not to be used. */
  #withLive({ runs, unread }: PackageRecords): PackageRecords {
    const live = this.#meant(this.#others().flatMap(({ session }) => session.snapshot.state ?? []));
    const byId = new Map(live.map((state) => [state.runId, state]));
    const others = live.filter(({ runId }) => !runs.some((state) => state.runId === runId));
    return { runs: [...runs.map((state) => byId.get(state.runId) ?? state), ...others], unread: unread.filter(({ runId }) => !byId.has(runId)) };
  }

  #watch(files: readonly string[]): void {
    for (const [file, watching] of this.#watched) {
      if (files.includes(file)) continue;
      watching.dispose();
      this.#watched.delete(file);
    }
    for (const file of files) {
      if (this.#watched.has(file)) continue;
      const store = new DisposableStore();
      const watcher = store.add(workspace.createFileSystemWatcher(new RelativePattern(Uri.file(this.#place.base), file)));
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) store.add(event(() => this.#soon()));
      this.#watched.set(file, store);
    }
  }
}

function wordsOf({ unread = [] }: PackageInput): string {
  return unread.map(({ words }) => words).join('\n');
}

/** The parts of both are the same objects, in the same order. Members that could not be read are compared by what is said of them. */
function same(one: PackageInput | null, other: PackageInput | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.members.length === other.members.length &&
    one.runs.length === other.runs.length &&
    wordsOf(one) === wordsOf(other) &&
    one.runs.every((run, place) => run === other.runs[place]) &&
    one.members.every(({ id, runbook, problem }, place) => id === other.members[place]?.id && runbook === other.members[place].runbook && problem === other.members[place].problem)
  );
}
