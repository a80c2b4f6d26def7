import { commands, env, Uri, type WebviewPanel } from 'vscode';
import type { PanelView } from '../../core/view/viewModel.ts';
import type { Connection } from '../../protocol/connection.ts';
import type { HostMessage, PanelMessage } from '../../protocol/messages.ts';
import { ViewPublisher } from '../../protocol/viewPublisher.ts';
import { CursorFollower } from './cursorFollower.ts';
import type { CommandId } from '../contributions.ts';
import { DisposableStore } from '../dispose.ts';
import type { ErrorReporter } from '../errors.ts';
import type { Log } from '../log.ts';
import type { DocumentSession } from '../sessions/documentSession.ts';
import { type ActMessage, commandOf } from './commandOf.ts';
import { fillPage } from './fillPage.ts';
import { openLink, type OpenRunbook } from './openLink.ts';
import { openSource, revealLine } from './openSource.ts';
import { panelConnection } from './panelConnection.ts';
import { showChanges } from './showChanges.ts';
import { stepToFollow } from './stepToFollow.ts';

const COMMIT: CommandId = 'guidedRunbooks.commitRecord';
/** How many messages back a press of “Run next step” may be. */
const REVISIONS_KEPT = 64;

/** What a webview needs of the extension. */
export interface WebviewServices {
  readonly extensionUri: Uri;
  readonly log: Log;
  readonly errors: ErrorReporter;
}

/** What a panel needs of it beside that. */
export interface PanelServices extends WebviewServices {
  readonly openRunbook: OpenRunbook;
  /** Opens another runbook of the package, at the plan of a level if one is named. */
  readonly openMember: (session: DocumentSession, member: string, level: number | null) => Promise<void>;
}

/** One webview that shows a document's session. It decides nothing: it carries messages to and fro. */
export class RunbookPanel {
  readonly target: DocumentSession;
  readonly #panel: WebviewPanel;
  readonly #services: PanelServices;
  readonly #store: DisposableStore;
  readonly #publisher: ViewPublisher;
  readonly #connection: Connection<PanelMessage, HostMessage>;
  /** The next step that was on show at each of the latest message revisions. */
  readonly #shownNext = new Map<number, string | undefined>();
  readonly #cursor: CursorFollower;
  #followed: string | undefined;
  #isReady = false;
  #owedReveal: HostMessage | undefined;

  constructor(panel: WebviewPanel, target: DocumentSession, services: PanelServices) {
    this.target = target;
    this.#panel = panel;
    this.#services = services;
    this.#store = new DisposableStore((error) => services.log.error(error, 'closing a panel'));
    const { webview } = panel;
    this.#connection = panelConnection(webview, services, (message) => this.#receive(message));
    this.#publisher = new ViewPublisher((message) => this.#connection.send(message), () => new Date().toISOString(), target.view, target.session.snapshot.revision);
    this.#noteNext(target.view);
    this.#store.add(this.#connection);
    this.#cursor = this.#store.add(new CursorFollower(target, (message) => this.#isReady && this.#connection.send(message)));
    this.#openAtStep();
    this.#store.add(target.onDidChange(() => this.#publish()));
    this.#store.defer(target.session.onDidOutput((executionId, text) => this.#output(executionId, text)));
    this.#store.add(panel.onDidChangeViewState(() => (this.#isReady &&= panel.visible)));
    this.#store.add(panel.onDidChangeViewState(() => panel.visible && target.session.lookAtRecords()));
    fillPage(webview, services.extensionUri, this.#publisher.snapshot);
  }

  get isVisible(): boolean {
    return this.#panel.visible;
  }

  /** Brings a step into view, at once or as soon as the panel can. */
  reveal(stepId: string, focus: boolean): void {
    this.revealBlock(`step:${stepId}`, focus);
  }

  /** The same for any block. */
  revealBlock(blockKey: string, focus: boolean): void {
    this.#send({ type: 'reveal', blockKey, focus });
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #receive(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
      case 'resync':
        this.#isReady = true;
        this.#publisher.sendSnapshot();
        if (this.#owedReveal !== undefined) this.#connection.send(this.#owedReveal);
        this.#owedReveal = undefined;
        this.#cursor.update(true);
        return;
      case 'run':
      case 'step':
      case 'rollback':
      case 'verify':
        return this.#act(message);
      case 'prompt':
        return this.#tell('answering a question', this.target.answer(message.promptId, message.answers));
      case 'link': {
        const place = await openLink(message.href, this.target.uri, this.target.session.snapshot.runbook, this.#services.openRunbook);
        if (place !== null) this.#send({ type: 'reveal', blockKey: place, focus: false });
        return;
      }
      case 'member':
        return this.#services.openMember(this.target, message.member, message.level);
      case 'seen':
        return this.#cursor.show(message);
      case 'source':
        return revealLine(this.target.uri, message.line);
      case 'fault':
        this.#services.log.error(message.message, 'the panel failed');
    }
  }

  async #act(message: ActMessage): Promise<void> {
    const revision = this.#publisher.documentRevision(message.revision);
    if (revision === null) return this.#services.log.warn('an action for a revision that was never sent was refused');
    const command = commandOf(message, revision, this.#shownNext.get(message.revision));
    if (command !== null || message.type === 'verify') return command === null ? undefined : this.#tell(`doing “${'action' in message ? message.action : message.type}”`, this.target.perform(command));
    const step = message.type === 'step' ? this.target.session.snapshot.runbook.steps.find(({ id }) => id === message.stepId) : undefined;
    switch (message.action) {
      case 'showTerminal':
        return this.target.showTerminal();
      case 'showChanges':
        return showChanges(this.target);
      case 'openSource':
        return openSource(this.target.uri, this.#panel.viewColumn);
      case 'commitRecord': {
        const { runFolder } = this.target;
        if (runFolder !== null) await commands.executeCommand(COMMIT, Uri.file(runFolder));
        return;
      }
      case 'showStepTerminal':
        return this.target.showTerminal(step?.id);
      case 'copy':
        if (step !== undefined) await env.clipboard.writeText(step.commands.map(({ text }) => text).join('\n'));
        return;
      case 'revealSource':
        if (step !== undefined) await revealLine(this.target.uri, step.line);
    }
  }

  /** Errors of the session stand in its snapshot, so the panel shows them. */
  async #tell(doing: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#services.errors.report(error, doing, this.target.session.snapshot.error !== null);
    }
  }

  #publish(): void {
    const { view } = this.target;
    this.#publisher.publish(view, this.target.session.snapshot.revision);
    this.#noteNext(view);
    this.#follow();
    this.#cursor.update();
  }

  /** Brings a step into view when it begins to run, or comes to be next, or fails. What is in view already stays where it is. */
  #follow(): void {
    const { stepId, key } = stepToFollow(this.target.session.snapshot);
    if (key === this.#followed) return;
    this.#followed = key;
    if (stepId !== undefined) this.reveal(stepId, false);
  }

  #noteNext(view: PanelView): void {
    const next = view.blocks.find((block) => block.kind === 'step' && block.isNext);
    this.#shownNext.set(this.#publisher.snapshot.revision, next?.kind === 'step' ? next.stepId : undefined);
    const [oldest] = this.#shownNext.keys();
    if (this.#shownNext.size > REVISIONS_KEPT && oldest !== undefined) this.#shownNext.delete(oldest);
  }

  #output(executionId: string, text: string): void {
    const execution = this.target.session.snapshot.state?.executions.get(executionId);
    if (execution?.owner.kind !== 'step') return;
    this.#connection.send({ type: 'output', blockKey: `step:${execution.owner.stepId}`, commandIndex: execution.index, text });
  }

  /** A panel that opens on a run shows the step that the run has come to. */
  #openAtStep(): void {
    const { stepId, key } = stepToFollow(this.target.session.snapshot);
    this.#followed = key;
    if (stepId !== undefined) this.reveal(stepId, false);
  }

  #send(message: HostMessage): void {
    if (this.#isReady) this.#connection.send(message);
    else this.#owedReveal = message;
  }
}
