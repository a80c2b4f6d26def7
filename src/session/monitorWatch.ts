import { activeFirings } from '../core/monitor/activeFirings.ts';
import { askToWatch } from '../core/monitor/askToWatch.ts';
import { evaluateTrigger, type Evaluation } from '../core/monitor/evaluateTrigger.ts';
import { sampleOf, type ProbeResult, type Sample } from '../core/monitor/sample.ts';
import { agreementText, monitorsOf, watchedTriggers, type WatchedTrigger } from '../core/monitor/watched.ts';
import { variablesOf } from '../core/run/setup/variables.ts';
import { shellOf } from '../core/run/shell/shells.ts';
import type { Runbook } from '../core/runbook/model.ts';
import type { Monitor } from '../core/runbook/monitors/model.ts';
import * as errors from '../core/userErrors.ts';
import type { MonitorsInput } from '../core/view/input.ts';
import type { SessionContext } from './context.ts';

/** So many values of a monitor are shown, and kept at least; a few more than its longest trigger looks back on are. */
const SHOWN = 120;
const MORE = 10;

/**
 * Runs the monitors of a run that is driven here, once a person has agreed to
 * their commands, and judges the triggers. It records that one fired or
 * cleared; it runs nothing else, whatever the values are.
 */
export class MonitorWatch {
  readonly #context: SessionContext;
  readonly #drives: () => boolean;
  readonly #samples = new Map<string, Sample[]>();
  readonly #evaluations = new Map<string, Evaluation>();
  readonly #timers = new Map<string, () => void>();
  readonly #going = new Set<string>();
  /** What is being watched, or null. */
  #watched: string | null = null;
  #hashed: { readonly of: Runbook; readonly sha256: string } | null = null;
  /** Answers of an earlier watch are dropped. */
  #epoch = 0;

  constructor(context: SessionContext, drives: () => boolean) {
    this.#context = context;
    this.#drives = drives;
  }

  /** What the panel shows of it; null without monitors or without a run. */
  get view(): MonitorsInput | null {
    const { runbook, state, ports } = this.#context;
    if (state === null || state.ended !== null || monitorsOf(runbook).length === 0 || ports.probe === undefined) return null;
    const isAgreed = state.monitors?.sha256 === this.#hash();
    const standing = !this.#drives() ? 'elsewhere' : isAgreed ? 'watching' : state.monitors === null ? 'asks' : 'changed';
    const samples = new Map([...this.#samples].map(([name, values]) => [name, values.slice(-SHOWN)]));
    return { state: standing, samples, evaluations: new Map(this.#evaluations) };
  }

  /** Shows every command and asks. Throws a UserError when there is nothing to watch. */
  ask(): void {
    const { runbook, state, ports, prompts } = this.#context;
    if (state === null) throw errors.noRun();
    if (state.ended !== null) throw errors.runEnded();
    if (monitorsOf(runbook).length === 0) throw errors.noMonitors();
    if (ports.probe === undefined) throw errors.noProbe();
    ports.assertTrusted();
    const sha256 = this.#hash();
    prompts.ask(askToWatch(runbook, state), async () => {
      if (this.#hash() !== sha256) throw errors.monitorsChanged();
      ports.assertTrusted();
      await this.#context.record({ type: 'agreeMonitors', sha256 });
    });
  }

  /** Begins or ends watching, as the run has come to stand. */
  update(): void {
    const wanted = this.#wanted();
    if (wanted === this.#watched) return;
    this.#end();
    this.#watched = wanted;
    if (wanted !== null) for (const monitor of monitorsOf(this.#context.runbook)) this.#later(monitor, 0);
  }

  dispose(): void {
    this.#end();
    this.#watched = null;
  }

  #wanted(): string | null {
    const { state, runbook, ports, disposed } = this.#context;
    if (disposed || ports.probe === undefined || state?.runId == null || state.ended !== null || state.monitors === null || monitorsOf(runbook).length === 0 || !this.#drives()) return null;
    const hash = this.#hash();
    return state.monitors.sha256 === hash ? `${state.runId} ${hash}` : null;
  }

  /** Asked for with every change, so it is made once for each text. */
  #hash(): string {
    const { runbook, ports } = this.#context;
    if (this.#hashed?.of !== runbook) this.#hashed = { of: runbook, sha256: ports.ids.sha256(agreementText(runbook)) };
    return this.#hashed.sha256;
  }

  #end(): void {
    this.#epoch += 1;
    for (const cancel of this.#timers.values()) cancel();
    for (const id of this.#going) this.#context.ports.probe?.cancel(id);
    this.#timers.clear();
    this.#samples.clear();
    this.#evaluations.clear();
  }

  #later(monitor: Monitor, ms: number): void {
    const epoch = this.#epoch;
    this.#timers.set(monitor.name, this.#context.ports.clock.after(ms, () => void this.#sample(monitor, epoch)));
  }

  async #sample(monitor: Monitor, epoch: number): Promise<void> {
    const { clock } = this.#context.ports;
    const began = clock.now();
    const result = await this.#probe(monitor);
    if (epoch !== this.#epoch) return;
    const now = clock.now();
    this.#keep(monitor, sampleOf(result, now, monitor.unit));
    this.#judge(now);
    // A clock that was set must not hold up the next value.
    const took = Math.min(Math.max(0, now - began), monitor.everySeconds * 1000);
    this.#later(monitor, monitor.everySeconds * 1000 - took);
    this.#context.changed();
  }

  /** Trust is asked for each time: it can be taken back while a run goes on. */
  async #probe({ name, command, timeoutSeconds }: Monitor): Promise<ProbeResult> {
    const { ports, runbook, state } = this.#context;
    if (ports.probe === undefined || state === null) return { kind: 'failed', reason: 'it cannot be run from here' };
    const id = `${name} ${ports.ids.id()}`;
    this.#going.add(id);
    try {
      ports.assertTrusted();
      return await ports.probe.probe({ id, shell: shellOf(command, runbook.frontMatter.shell), text: command.text, timeoutSeconds, variables: variablesOf(state) });
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    } finally {
      this.#going.delete(id);
    }
  }

  #keep(monitor: Monitor, sample: Sample): void {
    const { name, everySeconds } = monitor;
    const longest = Math.max(0, ...watchedTriggers(this.#context.runbook).map((each) => (each.monitor.name === name ? (each.trigger.forSeconds ?? 0) : 0)));
    const kept = Math.max(SHOWN, Math.ceil(longest / everySeconds) + MORE);
    const samples = this.#samples.get(name) ?? [];
    samples.push(sample);
    if (samples.length > kept) samples.splice(0, samples.length - kept);
    this.#samples.set(name, samples);
  }

  #judge(now: number): void {
    const { runbook, state } = this.#context;
    const watched = watchedTriggers(runbook);
    const firing = new Set(activeFirings(state).map(({ trigger }) => trigger));
    this.#evaluations.clear();
    for (const each of watched) {
      const { key, trigger, monitor } = each;
      const evaluation = evaluateTrigger(trigger, this.#samples.get(monitor.name) ?? [], now, monitor.everySeconds);
      this.#evaluations.set(key, evaluation);
      if (evaluation.kind === 'holds' && !firing.has(key)) this.#fire(each, evaluation.since);
      // What nobody can say clears nothing.
      if (evaluation.kind === 'not' && firing.has(key)) this.#clear(key);
    }
    for (const key of firing) if (!watched.some((each) => each.key === key)) this.#clear(key);
  }

  #fire({ key, monitor }: WatchedTrigger, since: number): void {
    const samples = (this.#samples.get(monitor.name) ?? []).flatMap(({ at, value }) => (value === null || at < since ? [] : [{ at: new Date(at).toISOString(), value }]));
    this.#context.inBackground(() => this.#context.record({ type: 'fireTrigger', trigger: key, since: new Date(since).toISOString(), samples }));
  }

  #clear(trigger: string): void {
    this.#context.inBackground(() => this.#context.record({ type: 'clearTrigger', trigger }));
  }
}
