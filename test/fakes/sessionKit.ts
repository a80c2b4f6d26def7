import { fold } from '../../src/core/run/evolve.ts';
import type { UnreadRun } from '../../src/core/run/package/packageRecords.ts';
import type { Runbook } from '../../src/core/runbook/model.ts';
import type { RunSession, SessionPorts } from '../../src/session/api.ts';
import { NOTHING_PAST, type PastFacts } from '../../src/core/status/pastFacts.ts';
import { createSession } from '../../src/session/session.ts';
import { CountingIds } from './countingIds.ts';
import { ManualClock } from './manualClock.ts';
import type { Checkout } from '../../src/core/run/setup/preflight.ts';
import { MemoryFiles } from './memoryFiles.ts';
import { MemoryVault } from './memoryVault.ts';
import { MemoryDisk, MemoryStore } from './memoryStore.ts';
import { ScriptedProbe } from './scriptedProbe.ts';
import { ScriptedHttp } from './scriptedHttp.ts';
import { ScriptedExecutor, type Script } from './scriptedExecutor.ts';

/** A disk and a machine that outlive windows, and windows with sessions on them. */
export class SessionKit {
  readonly disk = new MemoryDisk();
  readonly executor: ScriptedExecutor;
  readonly clock = new ManualClock();
  readonly ids = new CountingIds();
  readonly http = new ScriptedHttp();
  readonly files = new MemoryFiles();
  readonly probe = new ScriptedProbe();
  readonly #runbooks = new Map<string, Runbook>();
  #windows = 0;
  #stores = new WeakMap<RunSession, MemoryStore>();
  /** What git tells before a start. */
  checkout: Checkout | null = { branch: 'main', commit: 'c0ffee', changed: 0, upstream: 'origin/main', ahead: 0, behind: 0, tags: [], fetchedAt: null };
  /** Runs of packages that cannot be looked at. */
  unread: readonly UnreadRun[] = [];
  /** What the records of the workspace say. */
  past: PastFacts = NOTHING_PAST;
  /** Outlives windows, as the editor's storage does; null: there is none. */
  vault: MemoryVault | null = new MemoryVault();
  /** Set to refuse running, as Restricted Mode does. */
  distrust: Error | null = null;

  constructor(script?: Script) {
    this.executor = new ScriptedExecutor(script);
  }

  /** The text that stands for a runbook. */
  textOf(runbook: Runbook): string {
    for (const [text, known] of this.#runbooks) if (known === runbook) return text;
    const text = `text ${String(this.#runbooks.size + 1)}`;
    this.#runbooks.set(text, runbook);
    return text;
  }

  /** A new window with a session for the runbook. */
  open(runbook: Runbook): RunSession {
    return this.#open(runbook, 'deploy.md', {});
  }

  /** The same for a runbook of a package: it sees the runs of all others on the disk. */
  openMember(runbook: Runbook, file: string): RunSession {
    return this.#open(runbook, file, { packageRuns: { read: () => Promise.resolve({ runs: [...this.disk.events.values()].map((events) => fold(events)), unread: this.unread }) } });
  }

  #open(runbook: Runbook, file: string, more: Partial<SessionPorts>): RunSession {
    const store = new MemoryStore(this.disk, `w${String((this.#windows += 1))}`);
    const ports: SessionPorts = {
      executor: this.executor,
      store,
      versionControl: {
        state: () => Promise.resolve({ branch: 'main', commit: 'c0ffee', clean: true }),
        actor: () => Promise.resolve({ name: 'Ada', email: 'ada@example.org' }),
        checkout: () => Promise.resolve(this.checkout),
      },
      clock: this.clock,
      ids: this.ids,
      http: this.http,
      files: this.files,
      probe: this.probe,
      status: { read: () => Promise.resolve(this.past) },
      matches: ({ source, flags }, matched) => Promise.resolve(new RegExp(source, flags).test(matched)),
      ...more,
      ...(this.vault === null ? {} : { secrets: this.vault }),
      assertTrusted: () => {
        if (this.distrust !== null) throw this.distrust;
      },
    };
    const session = createSession(ports, runbook, this.textOf(runbook), { file, parse: (text) => this.#runbooks.get(text) ?? runbook });
    this.#stores.set(session, store);
    return session;
  }

  /** The window is gone without a word: nothing of it acts any more. */
  kill(session: RunSession): void {
    const store = this.#stores.get(session);
    if (store !== undefined) this.disk.dead.add(store);
    session.dispose();
  }

  /** The document was edited. */
  edit(session: RunSession, runbook: Runbook): void {
    session.setRunbook(runbook, this.textOf(runbook));
  }

  get runId(): string {
    return [...this.disk.events.keys()].at(-1) ?? '';
  }

  /** Types of the recorded events, in order. */
  get types(): readonly string[] {
    return this.disk.eventsOf(this.runId).map(({ body }) => body.type);
  }
}

/** Does something with a step as it is shown now. */
export function act(session: RunSession, action: Parameters<typeof stepCommand>[0], stepId: string): Promise<void> {
  return session.perform(stepCommand(action, stepId, session.snapshot.revision));
}

function stepCommand(
  action: Extract<Parameters<RunSession['perform']>[0], { type: 'step' }>['action'],
  stepId: string,
  revision: number,
): Parameters<RunSession['perform']>[0] {
  return { type: 'step', action, stepId, revision };
}

/** Answers the open prompt; acknowledgements and typed words are given unless told otherwise. */
export function answer(session: RunSession, answers: Readonly<Record<string, string>> = {}): Promise<void> {
  const { prompt } = session.snapshot;
  if (prompt === null) throw new Error('No prompt is open.');
  const usual = prompt.inputs.map((input) => [input.name, input.kind === 'acknowledge' ? 'yes' : (input.word ?? input.value)] as const);
  return session.answer(prompt.id, { ...Object.fromEntries(usual), ...answers });
}
