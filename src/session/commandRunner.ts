import { compareAnswer, type HttpAnswer } from '../core/checks/compareAnswer.ts';
import { compareOutput, type ExpectationFact } from '../core/checks/compareOutput.ts';
import { fillRequest, isRequest } from '../core/checks/fillRequest.ts';
import { recordedOutput, tailAlone } from '../core/record/recordedOutput.ts';
import { redact } from '../core/record/redact.ts';
import { ACKNOWLEDGED } from '../core/run/decideCommand.ts';
import { capturedValue, type CapturedText } from '../core/run/capture.ts';
import { placeholderValues } from '../core/run/knownValues.ts';
import { askedNeeds } from '../core/run/needs.ts';
import { fillPlaceholders } from '../core/run/placeholders.ts';
import { variablesOf } from '../core/run/setup/variables.ts';
import { succeeded } from '../core/run/outcome.ts';
import { PROGRAM, shellOf } from '../core/run/shell/shells.ts';
import type { CommandOf } from '../core/run/commands.ts';
import type { Attempt, BackupFact, CommandOwner, Outcome, OutputReference } from '../core/run/events.ts';
import type { OutputExpectation } from '../core/runbook/expectation.ts';
import { REQUEST_LANGUAGE } from '../core/runbook/vocabulary.ts';
import { FILE_SHELL, isFile } from '../core/run/fileWrite.ts';
import { findWritten, writeFile } from './writeFile.ts';
import { REQUEST_TIMEOUT_SECONDS, sendRequest } from './sendRequest.ts';
import { folderOf } from '../core/runbook/documentFolder.ts';
import type { Command } from '../core/runbook/model.ts';
import { backupVariables, problemWithBackupName } from '../core/status/backupVariables.ts';
import { oddWords } from '../core/status/pastFacts.ts';
import * as errors from '../core/userErrors.ts';
import type { SessionContext } from './context.ts';
import { ownTerminal, terminalKeyOf } from './ownTerminal.ts';
import { StayUp } from './stayUp.ts';
import type { ExecutionRequest, ExecutionResult, ObservedOutput } from './ports.ts';

/** How a command ended, with the answer when it was a request. */
type Ended = ExecutionResult & { readonly answer?: HttpAnswer };

const LOST_REQUEST: ExecutionResult = { outcome: { kind: 'lost', reason: 'the window that waited for the answer is gone.' }, durationMs: null, environmentCarried: null, outputTail: null };

/** One command of a step or a rollback, ready to be started. */
export interface Start {
  readonly owner: CommandOwner;
  readonly index: number;
  readonly count: number;
  readonly command: Command;
  /** Everything that was asked for in one question with it: a placeholder has one value in all of them. */
  readonly askedWith: readonly Command[];
  /** Words for the terminal. */
  readonly title: string;
  readonly acknowledged: readonly string[];
  /** A check out of its order. */
  readonly probe?: true;
  readonly attempt?: Attempt;
  /** For a file: what was there when it was shown. */
  readonly before?: string | null;
  /** It keeps running while the run goes on. */
  readonly background?: true;
  /** The number of its own terminal beside the run's. */
  readonly lane?: number;
  /** The backups that it is given, which a person has seen. */
  readonly backup?: BackupFact;
  /** It is a check of a step. */
  readonly check?: true;
}

/**
 * Starts single commands and records how they ended. The start is on disk
 * before the executor hears of it, and the end before anything shows it.
 */
export class CommandRunner {
  readonly #context: SessionContext;
  /** Ends that could not be written yet; nothing goes on before they are. */
  readonly #unwritten = new Map<string, CommandOf<'endCommand'>>();
  readonly #foundAgain = new Set<string>();
  readonly #ends = new Map<string, Promise<unknown>>();
  readonly #stayUp: StayUp;
  readonly #goNoFurther: () => void;

  /** `goNoFurther`: begins nothing more by itself. */
  constructor(context: SessionContext, goNoFurther: () => void) {
    this.#context = context;
    this.#goNoFurther = goNoFurther;
    this.#stayUp = new StayUp(context);
  }

  /**
   * Resolves once the command has been started, with a promise that tells
   * whether it succeeded, or stays up in the background; that one rejects when the end could not be recorded.
   * Throws a UserError when nothing was started.
   */
  async start(start: Start): Promise<{ readonly ended: Promise<boolean> }> {
    const { ports, runbook, state } = this.#context;
    if (state?.runId == null) throw errors.noRun();
    const { command } = start;
    if (isFile(command)) return this.#put(start);
    const needs = askedNeeds(command, start.askedWith, runbook.frontMatter.shell);
    if (isRequest(command)) return this.#send(start, fillRequest(command, placeholderValues(state, needs)));
    const wanted = command.options.backup;
    if (wanted !== undefined && wanted.act !== 'makes' && start.backup === undefined) throw errors.backupNotSeen(start.title);
    const { interpreter: program, env = [] } = command.options;
    // A shell for the quoting of values, also where another program gets the block.
    const shell = shellOf(command, runbook.frontMatter.shell);
    if (start.backup?.act === 'prunes' && start.backup.names.length === 0) return this.#skipUnneeded(start, start.backup.of, program === undefined ? shell : PROGRAM);
    const known = this.#context.secrets.values;
    const asked = new Map([...placeholderValues(state, needs), ...known]);
    const { text, variables: filled, names } = fillPlaceholders(command, shell, asked);
    const isSecret = (variable: string): boolean => known.has(names.get(variable) ?? '');
    const values = Object.fromEntries(Object.entries(filled).filter(([variable]) => !isSecret(variable)));
    const variables = { ...variablesOf(state), ...Object.fromEntries(env.map(({ name, value }) => [name, value])), ...values, ...backupVariables(start.backup) };
    for (const name of state.setup?.secrets ?? []) if (!known.has(name)) throw errors.secretMissing(name);
    const secrets = { ...Object.fromEntries(known), ...Object.fromEntries(Object.entries(filled).filter(([variable]) => isSecret(variable))) };
    const sha256 = ports.ids.sha256(text);
    const runsIn = program === undefined ? shell : PROGRAM;
    const executionId = await this.#begin(start, text, sha256, runsIn);
    // The limit of the whole file is for what comes to an end.
    const timeoutSeconds = command.options.timeoutSeconds ?? (start.background === true ? null : runbook.frontMatter.timeoutSeconds);
    const terminal = ownTerminal(start, state, (words) => ports.ids.sha256(words));
    const request: ExecutionRequest = { runId: state.runId, executionId, title: start.title, shell: runsIn, text, sha256, timeoutSeconds, cwd: folderOf(command.options, state.file), variables, ...(program === undefined ? {} : { program }), ...(command.options.capture === undefined ? {} : { captures: true as const }), ...(known.size === 0 ? {} : { secrets }), ...(terminal === null ? {} : { terminal }) };
    return { ended: this.#settled(executionId, () => ports.executor.execute(request)) };
  }

  /** There is nothing to remove: that is recorded, and nothing is run. */
  async #skipUnneeded(start: Start, of: string, shell: string): Promise<{ readonly ended: Promise<boolean> }> {
    const executionId = await this.#begin(start, start.command.text, this.#context.ports.ids.sha256(start.command.text), shell);
    return { ended: this.#follow(executionId, () => Promise.resolve(unneeded(of, this.#context.backups.past.odd.length))) };
  }

  async #send(start: Start, text: string): Promise<{ readonly ended: Promise<boolean> }> {
    const { http, clock, ids } = this.#context.ports;
    // What has values in it is another request than the one in the document.
    if (start.command.placeholders.length > 0 && !start.acknowledged.includes(ACKNOWLEDGED.request)) throw errors.requestNotSeen(start.title);
    const executionId = await this.#begin(start, text, ids.sha256(text), REQUEST_LANGUAGE);
    const timeoutSeconds = start.command.options.timeoutSeconds ?? REQUEST_TIMEOUT_SECONDS;
    return { ended: this.#follow(executionId, () => sendRequest(http, clock, executionId, text, timeoutSeconds)) };
  }

  /** Writes a file that a person has seen the difference of. */
  async #put(start: Start): Promise<{ readonly ended: Promise<boolean> }> {
    const { files, clock, ids } = this.#context.ports;
    const { command, before, title } = start;
    const path = command.options.file;
    if (path === undefined || before === undefined) throw errors.fileNotSeen(title);
    const sha256 = ids.sha256(command.text);
    const executionId = await this.#begin(start, command.text, sha256, FILE_SHELL);
    return { ended: this.#follow(executionId, () => writeFile(files, clock, { path, before }, command.text, sha256)) };
  }

  /** Records the start, if one is allowed here. */
  async #begin(start: Start, text: string, sha256: string, shell: string): Promise<string> {
    const { ports } = this.#context;
    const { command } = start;
    const executionId = ports.ids.id();
    const { owner, index, count, acknowledged } = start;
    const { exit, output: expect } = command.options.expects;
    const place = { ...(start.background === undefined ? {} : { background: start.background }), ...(start.lane === undefined ? {} : { lane: start.lane }) };
    const { interpreter: program, env, capture } = command.options;
    const how = { ...(program === undefined ? {} : { program }), ...(env === undefined ? {} : { env }), ...(capture === undefined ? {} : { capture }) };
    const target = command.options.file === undefined ? {} : { file: { path: command.options.file, before: start.before ?? null } };
    const backup = start.backup ?? (command.options.backup?.act === 'makes' ? (this.#context.backups.factFor(command) ?? undefined) : undefined);
    const status = { ...(backup === undefined ? {} : { backup }), ...(command.options.states === undefined ? {} : { states: command.options.states }), ...(start.check === undefined ? {} : { check: start.check }) };
    const facts = { ...how, ...status, ...target, ...place, ...(start.probe === undefined ? {} : { probe: start.probe }), ...(start.attempt === undefined ? {} : { attempt: start.attempt }) };
    const expects = { ...(exit.length === 0 || (exit.length === 1 && exit[0] === 0) ? {} : { exit }), ...(expect.length === 0 ? {} : { expect }) };
    ports.assertTrusted();
    await this.#context.record({ type: 'startCommand', executionId, owner, index, count, text, source: text === command.text ? null : command.text, sha256, shell, acknowledged, ...expects, ...facts });
    if (this.#context.disposed) throw errors.sessionClosed();
    return executionId;
  }

  /** Ids of the executions that were found again. */
  get foundAgain(): ReadonlySet<string> {
    return this.#foundAgain;
  }

  /** Finds a command again that was started earlier. Tells whether it succeeded, or stays up in the background. */
  recover(runId: string, executionId: string): Promise<boolean> {
    this.#foundAgain.add(executionId);
    this.#context.changed();
    const { ports, state } = this.#context;
    const execution = state?.executions.get(executionId);
    if (execution?.file !== undefined) {
      const { file, sha256 } = execution;
      return this.#follow(executionId, () => findWritten(ports.files, file, sha256));
    }
    if (execution?.backup?.act === 'prunes' && execution.backup.names.length === 0) return this.#follow(executionId, () => Promise.resolve(unneeded(execution.backup?.of ?? '', this.#context.backups.past.odd.length)));
    const terminal = execution === undefined || state === null ? undefined : terminalKeyOf(state, execution, (words) => ports.ids.sha256(words));
    return this.#settled(executionId, () => (execution?.shell === REQUEST_LANGUAGE ? Promise.resolve(LOST_REQUEST) : ports.executor.recover(runId, executionId, terminal)));
  }

  /** Resolves once the end of an execution that is followed here is recorded, or could not be. */
  async whenEnded(executionId: string): Promise<void> {
    await this.#ends.get(executionId)?.catch(() => undefined);
  }

  dispose(): void {
    this.#stayUp.dispose();
  }

  /** Follows an execution to its end. What stays up in the background is settled before. */
  #settled(executionId: string, work: () => Promise<Ended>): Promise<boolean> {
    const end = this.#follow(executionId, work);
    this.#ends.set(executionId, end);
    void end.catch(() => undefined).then(() => this.#ends.delete(executionId));
    if (this.#context.state?.executions.get(executionId)?.isBackground !== true) return end;
    this.#context.beside(async () => {
      await end;
      this.#pauseAfter(executionId);
    });
    return Promise.race([end, this.#stayUp.of(executionId)]);
  }

  /** What ends in the background without having been told to is for a person to look at before anything goes on by itself. */
  #pauseAfter(executionId: string): void {
    const execution = this.#context.state?.executions.get(executionId);
    if (execution !== undefined && execution.stopRequested === 'no') this.#goNoFurther();
  }

  /** Asks a running command to end. It is asked even when that cannot be recorded. */
  async stop(executionId: string, force: boolean): Promise<void> {
    const [recorded, stopped] = await Promise.allSettled([this.#context.record({ type: 'requestStop', executionId, force }), this.#halt(executionId, force)]);
    for (const result of [recorded, stopped]) if (result.status === 'rejected') throw result.reason;
  }

  #halt(executionId: string, force: boolean): Promise<void> {
    const { executor, http } = this.#context.ports;
    if (this.#context.state?.executions.get(executionId)?.shell !== REQUEST_LANGUAGE) return executor.stop(executionId, force);
    http.cancel(executionId);
    return Promise.resolve();
  }

  /** Tries again to record ends that could not be recorded. Throws when that still fails. */
  async flush(): Promise<void> {
    for (const end of this.#unwritten.values()) await this.#write(end);
  }

  async #follow(executionId: string, work: () => Promise<Ended>): Promise<boolean> {
    const { outputTail, output: observed, answer, captured, ...result } = await guarded(work);
    if (this.#context.disposed) throw errors.sessionClosed();
    const tail = outputTail === null ? null : redact(this.#context.secrets.mask(outputTail));
    const kept = observed == null ? { output: null, outputTail: tail } : await this.#keep(executionId, observed, tail);
    const expected = this.#context.state?.executions.get(executionId)?.expects.output ?? [];
    const expectation = expected.length === 0 || (result.outcome.kind !== 'exited' && answer === undefined) ? {} : { expectation: await this.#compare(expected, observed ?? null, answer) };
    await this.#write({ type: 'endCommand', executionId, ...result, ...this.#carried(executionId, result), ...kept, ...expectation, ...this.#captured(executionId, result.outcome, captured ?? { kind: 'missing' }) });
    const execution = this.#context.state?.executions.get(executionId);
    return execution !== undefined && succeeded(execution);
  }

  /** The value that it printed; what could not be taken makes it no success, since later steps count on it. */
  #captured(executionId: string, outcome: Outcome, captured: CapturedText): { readonly captured?: string; readonly expectation?: ExpectationFact } {
    const execution = this.#context.state?.executions.get(executionId);
    if (execution?.capture === undefined || outcome.kind !== 'exited' || !execution.expects.exit.includes(outcome.code)) return {};
    const found = capturedValue(execution.capture, captured, (text) => redact(this.#context.secrets.mask(text)));
    if ('problem' in found) return { expectation: { result: 'failed', detail: found.problem } };
    const misnamed = execution.backup?.act === 'makes' ? problemWithBackupName(found.value) : null;
    return misnamed === null ? { captured: found.value } : { expectation: { result: 'failed', detail: misnamed } };
  }

  /** What is left in a terminal beside the run's own is not carried on from its last block. */
  #carried(executionId: string, { environmentCarried }: Pick<Ended, 'environmentCarried'>): Pick<Ended, 'environmentCarried'> {
    const execution = this.#context.state?.executions.get(executionId);
    const staysApart = execution !== undefined && (execution.isBackground || (execution.lane !== null && execution.index + 1 >= execution.count));
    return { environmentCarried: staysApart ? false : environmentCarried };
  }

  #compare(expected: readonly OutputExpectation[], observed: ObservedOutput | null, answer: HttpAnswer | undefined): Promise<ExpectationFact> {
    const { matches } = this.#context.ports;
    return answer === undefined ? compareOutput(expected, observed, matches) : compareAnswer(expected, answer, matches);
  }

  /** How the command ended is recorded also when its output cannot be kept, and then that is said beside what is. */
  async #keep(executionId: string, observed: ObservedOutput, outputTail: string | null): Promise<{ readonly output: OutputReference | null; readonly outputTail: string | null }> {
    const runId = this.#context.state?.runId;
    if (runId == null) return { output: null, outputTail };
    try {
      return { output: await this.#context.ports.store.saveOutput(runId, executionId, recordedOutput(this.#masked(observed))), outputTail };
    } catch {
      return { output: null, outputTail: tailAlone(outputTail) };
    }
  }

  #masked(observed: ObservedOutput): ObservedOutput {
    const { secrets } = this.#context;
    const { head, tail } = observed;
    return { ...observed, head: secrets.mask(head), tail: tail === null ? null : secrets.mask(tail) };
  }

  async #write(end: CommandOf<'endCommand'>): Promise<void> {
    this.#unwritten.set(end.executionId, end);
    await this.#context.record(end);
    this.#unwritten.delete(end.executionId);
  }
}

/** How what had nothing to do ended. @param odd how many records are not whole */
function unneeded(of: string, odd: number): Ended {
  const words = oddWords(odd);
  return { outcome: { kind: 'unneeded', reason: `no backup of ${of} is too many${words === '' ? '' : `, of those that are known: ${words}`}` }, durationMs: null, environmentCarried: null, outputTail: null };
}

/** An executor that breaks its word and rejects: then nobody knows how the command ended. */
async function guarded(work: () => Promise<Ended>): Promise<Ended> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: { kind: 'lost', reason }, durationMs: null, environmentCarried: null, outputTail: null };
  }
}
