import { type Disposable, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from 'vscode';
import type { HeaderView } from '../core/view/viewModel.ts';
import { backgroundOf, foregroundOf } from '../core/run/beside.ts';
import { runningIn } from '../core/run/running.ts';
import { durationWords } from '../core/view/words.ts';
import type { ContextKeys } from './contextKeys.ts';
import { type CommandId, panelViewType } from './contributions.ts';
import { DisposableStore } from './dispose.ts';
import type { Engine } from './engine.ts';
import type { DocumentSession } from './sessions/documentSession.ts';

const OPEN: CommandId = 'guidedRunbooks.openPanel';

/** The run that goes on: its title, how far it is and for how long. A click opens its panel. */
export class RunStatusBar implements Disposable {
  readonly #engine: Engine;
  readonly #keys: ContextKeys;
  readonly #store = new DisposableStore();
  readonly #item: StatusBarItem;
  #clock: NodeJS.Timeout | undefined;

  constructor(engine: Engine, keys: ContextKeys) {
    this.#engine = engine;
    this.#keys = keys;
    this.#item = this.#store.add(window.createStatusBarItem(`${panelViewType}.status`, StatusBarAlignment.Left, 10));
    this.#item.name = 'Guided Runbooks';
    this.#store.add(engine.registry.onDidChange(() => this.#draw()));
    this.#store.defer(() => clearInterval(this.#clock));
    this.#draw();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #draw(): void {
    const { active } = this.#engine.registry;
    const [first] = active;
    this.#keys.set('runActive', first !== undefined);
    if (active.some(({ session }) => session.snapshot.plan !== null)) this.#keys.set('planSeen', true);
    this.#keys.set('commandRunning', active.some(({ session }) => runningIn(session.snapshot.state).length > 0));
    if (first === undefined) {
      clearInterval(this.#clock);
      this.#clock = undefined;
      return this.#item.hide();
    }
    // Minutes pass without an event.
    this.#clock ??= setInterval(() => this.#draw(), 15_000);
    this.#fill(active.find(isBusy) ?? first, active.length - 1);
    this.#item.show();
  }

  #fill(session: DocumentSession, others: number): void {
    const { header } = session.view;
    const elapsed = header.run === null ? '' : ` · ${elapsedWords(header.run.startedAt)}`;
    const time = header.soak === undefined ? remainingWords(header) : ` · soaking ${minutesWords(header.soak)} left`;
    const more = others === 0 ? '' : ` (+${others})`;
    const icon = isBusy(session) ? '$(sync~spin)' : header.soak === undefined ? '$(checklist)' : '$(watch)';
    const environment = header.environment === undefined ? '' : `[${header.environment.name}] `;
    this.#item.backgroundColor = header.environment?.guarded === true ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.text = `${icon} ${environment}${shorten(header.title)} ${header.done}/${header.total}${runningWords(session)}${elapsed}${time}${more}`;
    this.#item.tooltip = [header.title, header.environment === undefined ? null : `Environment: ${header.environment.name}`, header.announcement].filter((line) => line !== null).join('\n');
    this.#item.accessibilityInformation = { label: `Runbook ${header.title}${header.environment === undefined ? '' : ` on ${header.environment.name}`}. ${header.announcement}` };
    this.#item.command = { command: OPEN, title: 'Open', arguments: [session.uri] };
  }
}

function isBusy({ session }: DocumentSession): boolean {
  return session.snapshot.state?.activeExecutionId != null;
}

/** How many run at the same time, and in the background; nothing for one alone, which the icon tells. */
function runningWords({ session }: DocumentSession): string {
  const { state } = session.snapshot;
  const [now, beside] = [foregroundOf(state).length, backgroundOf(state).length];
  return `${now > 1 ? ` · ${now} running` : ''}${beside > 0 ? ` · ${beside} in the background` : ''}`;
}

function elapsedWords(startedAt: string): string {
  const ms = Math.max(0, Date.now() - Date.parse(startedAt));
  return ms < 60_000 ? 'under a minute' : durationWords(Math.floor(ms / 60_000) * 60_000);
}

/** What is left of a soak in minutes, never more than there was. */
function minutesWords({ until, seconds }: NonNullable<HeaderView['soak']>): string {
  const left = Math.min(seconds * 1000, Date.parse(until) - Date.now());
  return left < 60_000 ? 'under a minute' : durationWords(Math.ceil(left / 60_000) * 60_000);
}

function remainingWords({ remainingSeconds, mode }: HeaderView): string {
  return mode !== 'running' || remainingSeconds === undefined || remainingSeconds < 60 ? '' : `, about ${durationWords(Math.ceil(remainingSeconds / 60) * 60_000)} left`;
}

function shorten(title: string): string {
  return title.length > 40 ? `${title.slice(0, 39).trimEnd()}…` : title;
}
