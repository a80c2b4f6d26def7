import { SystemIds } from '../../node/idSource.ts';
import { join } from 'node:path';
import { EventEmitter, type TextDocument, type Uri, workspace } from 'vscode';
import { activeRollback } from '../../core/rollback/progress.ts';
import type { Diagnostic } from '../../core/runbook/model.ts';
import { memberFile } from '../../core/runbook/package/memberFile.ts';
import { parseRunbook } from '../../core/runbook/parse.ts';
import * as errors from '../../core/userErrors.ts';
import { buildPanelView } from '../../core/view/buildPanelView.ts';
import { groupIdOf } from '../../core/view/package/group.ts';
import type { PanelView } from '../../core/view/viewModel.ts';
import type { RunSession, SessionCommand, SessionSnapshot } from '../../session/api.ts';
import { terminalKeyOf } from '../../session/ownTerminal.ts';
import { DisposableStore, type Releasable } from '../dispose.ts';
import { concerns } from '../settings.ts';
import type { GitWatch } from './gitWatch.ts';
import { hostNotices } from './hostNotices.ts';
import { isSafeWhenStale, unreadable } from './staleText.ts';
import { chosenKind, type RecordPlace } from './recordPlace.ts';
import type { PackageWatch } from './packageWatch.ts';
import type { PastRunsWatch } from './pastRunsWatch.ts';

/** Typing settles for so long before the document is read again, in milliseconds. */
const TYPING_MS = 120;

/** What a document's session is made of. */
export interface SessionParts {
  readonly session: RunSession;
  readonly place: RecordPlace;
  readonly git: GitWatch;
  readonly past: PastRunsWatch;
  readonly package: PackageWatch;
  readonly formatTime: (iso: string) => string;
  /** Shows the run's terminal, or the one beside it with this key. */
  readonly showTerminal: (runId: string, key?: string) => void;
  /** What is let go of with the session. */
  readonly ended: readonly Releasable[];
}

/** One runbook that is open or run: its session, what it looks like, and its text as it is typed. */
export class DocumentSession {
  readonly uri: Uri;
  readonly #parts: SessionParts;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  #text: string;
  #document: TextDocument;
  #typing: NodeJS.Timeout | undefined;
  #isGone = false;
  /** What keeps the text that is being written from being read; null: what is shown is what it says. */
  #stale: Diagnostic | null = null;
  #view: { readonly of: SessionSnapshot; readonly view: PanelView } | undefined;

  constructor(document: TextDocument, parts: SessionParts) {
    this.uri = document.uri;
    this.#document = document;
    this.#text = document.getText();
    this.#parts = parts;
    this.#store.defer(parts.session.onDidChange(() => this.#fire()));
    this.#store.defer(parts.session.onDidChange(({ state }) => parts.past.follow(state)));
    parts.past.onDidChange(() => this.#fire());
    this.#store.add(parts.package.onDidChange(() => this.#fire()));
    this.#store.defer(parts.session.onDidChange((snapshot) => parts.package.follow(snapshot)));
    parts.package.follow(parts.session.snapshot);
    for (const part of parts.ended) this.#store.add(part);
    this.#store.defer(() => parts.session.dispose());
    this.#store.add(parts.git.onDidChange(() => this.#fire()));
    this.#store.add(workspace.onDidGrantWorkspaceTrust(() => this.#fire()));
    this.#store.add(workspace.onDidChangeConfiguration((event) => concerns(event, 'record.location') && this.#fire()));
    this.#store.add(workspace.onDidChangeTextDocument(({ document: edited }) => this.#isMine(edited) && this.#read(edited)));
    this.#store.add(workspace.onDidOpenTextDocument((opened) => this.#isMine(opened) && this.#read(opened)));
    this.#watchFile();
  }

  get session(): RunSession {
    return this.#parts.session;
  }

  /** The document as it was last opened. */
  get document(): TextDocument {
    return this.#document;
  }

  /** Path of the document as records have it. */
  get file(): string {
    return this.#parts.place.file;
  }

  /** Folder of its recorded runs. */
  get runs(): string {
    return this.#parts.place.runs;
  }

  /** Files of the runbooks that the document lists as its package, as records have them. */
  get packageFiles(): readonly string[] {
    return (this.session.snapshot.runbook.frontMatter.package ?? []).flatMap(({ path }) => memberFile(this.file, path) ?? []);
  }

  /** Where another runbook of the package is that a message of the panel names. Throws a UserError when it cannot be opened. */
  memberUri(id: string): Uri {
    const found = this.#parts.package.member(id);
    if (found === null) throw errors.memberGone();
    if (found.member.problem !== null) throw errors.memberUnreachable(found.member.problem);
    return found.uri;
  }

  /** The run that everything shown of the package belongs to; null for none, or several. */
  get groupId(): string | null {
    return groupIdOf({ state: this.session.snapshot.state, package: this.#parts.package.input });
  }

  /** Folder of the run that is shown; null when there is none. */
  get runFolder(): string | null {
    const { place } = this.#parts;
    const runId = this.session.snapshot.state?.runId;
    return runId == null ? null : join(place.runs, runId);
  }

  /** Whether a run has been started and has not ended. */
  get isActive(): boolean {
    const { state } = this.session.snapshot;
    return state !== null && state.ended === null;
  }

  /** The text as it is now cannot be read, so what is shown is that of before, by its lines of before. */
  get isStale(): boolean {
    return this.#stale !== null;
  }

  /** What the panel shows; built once for all who look at the same moment. */
  get view(): PanelView {
    const { snapshot } = this.session;
    if (this.#view?.of !== snapshot) this.#view = { of: snapshot, view: this.#build(snapshot) };
    return this.#view.view;
  }

  /** The revision of the document as it is at this moment, typed text included. */
  get revision(): number {
    this.flush();
    return this.session.snapshot.revision;
  }

  perform(command: SessionCommand): Promise<void> {
    this.flush();
    if (this.#stale !== null && !isSafeWhenStale(command)) return Promise.reject(errors.frontMatterBroken(this.#stale.line));
    return this.session.perform(command);
  }

  /** Answers a question of the session; null cancels it. A question that was put before the text broke starts nothing. */
  answer(promptId: string, answers: Readonly<Record<string, string>> | null): Promise<void> {
    this.flush();
    if (this.#stale !== null && answers !== null && this.session.snapshot.state?.activeRollbackId == null) return Promise.reject(errors.frontMatterBroken(this.#stale.line));
    return this.session.answer(promptId, answers);
  }

  /** Shows the run's terminal (while a level is rehearsed, that of the rehearsal), or the one in which a step was last run. */
  showTerminal(stepId?: string): void {
    const { state } = this.session.snapshot;
    if (state?.runId == null) return;
    const last = state.executions.get((stepId === undefined ? activeRollback(state) : state.steps.get(stepId))?.executionIds.at(-1) ?? '');
    const key = last === undefined ? undefined : terminalKeyOf(state, last, (text) => new SystemIds().sha256(text));
    this.#parts.showTerminal(state.runId, key);
  }

  /** Reads at once what has been typed. */
  flush(): void {
    clearTimeout(this.#typing);
    this.#typing = undefined;
    const text = this.#document.isClosed ? this.#text : this.#document.getText();
    if (text === this.#text) return;
    this.#text = text;
    const runbook = parseRunbook(text);
    const wasStale = this.#stale !== null;
    this.#stale = unreadable(this.session.snapshot.runbook, runbook);
    if (this.#stale === null) {
      this.session.setRunbook(runbook, text);
      // A text that is what it was before is no change to the session.
      if (wasStale) this.#fire();
      return;
    }
    // What would run on by itself goes by what can no longer be read.
    void this.session.perform({ type: 'pause' });
    this.#fire();
  }

  dispose(): void {
    clearTimeout(this.#typing);
    this.#store.dispose();
  }

  #build(snapshot: SessionSnapshot): PanelView {
    const { place, git, past, package: others, formatTime } = this.#parts;
    return buildPanelView({
      ...snapshot,
      trusted: workspace.isTrusted,
      git: git.state,
      me: git.actor,
      formatTime,
      pastDurations: past.durationsOf(snapshot.runbook),
      pastRehearsals: past.rehearsals,
      package: others.input,
      isShared: place.kind === 'workspace',
      staleBecause: this.#stale === null ? null : errors.frontMatterBroken(this.#stale.line).message,
      hostNotices: hostNotices({ place, scheme: this.uri.scheme, isGone: this.#isGone, isRunning: this.isActive, stale: this.#stale, chosen: chosenKind(this.uri) }),
    });
  }

  #fire(): void {
    this.#view = undefined;
    this.#changed.fire();
  }

  #isMine(document: TextDocument): boolean {
    return document.uri.toString() === this.uri.toString();
  }

  #read(document: TextDocument): void {
    this.#document = document;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.flush(), TYPING_MS);
  }

  #watchFile(): void {
    if (this.uri.scheme !== 'file') return;
    const goneOrBack = (isGone: boolean) => (files: readonly Uri[]): void => {
      if (!files.some((file) => file.toString() === this.uri.toString())) return;
      this.#isGone = isGone;
      this.#fire();
    };
    const watcher = this.#store.add(workspace.createFileSystemWatcher(this.uri.fsPath));
    watcher.onDidDelete((file) => goneOrBack(true)([file]));
    watcher.onDidCreate((file) => goneOrBack(false)([file]));
  }
}
