import { stepOf } from '../core/run/decideStep.ts';
import { indexOf } from '../core/run/runbookIndex.ts';
import { compareRunbooks, NO_DRIFT, type Drift } from '../core/run/drift/compare.ts';
import type { RunState } from '../core/run/state.ts';
import { sameExpectation } from '../core/runbook/expectation.ts';
import type { Command, CommandOptions, Runbook, Step } from '../core/runbook/model.ts';
import * as errors from '../core/userErrors.ts';

/** How many revisions of a document are kept to tell whether a person saw what is there now. */
const KEPT = 50;

/** The document as it is, as it was when people looked at it, and as the run goes by it. */
export class Revisions {
  readonly #kept = new Map<number, Runbook>();
  #number = 0;
  #text = '';
  #runbook: Runbook;
  readonly #sha256: (text: string) => string;
  /** What the run goes by: null when it is not known, undefined before there is a run. */
  #base: { readonly runbook: Runbook; readonly text: string } | null | undefined;
  #drift: Drift | null = NO_DRIFT;

  /** `sha256` gives the hash of a text as hex. */
  constructor(runbook: Runbook, text: string, sha256: (text: string) => string) {
    this.#sha256 = sha256;
    this.#runbook = runbook;
    this.update(runbook, text);
  }

  get number(): number {
    return this.#number;
  }

  get runbook(): Runbook {
    return this.#runbook;
  }

  get text(): string {
    return this.#text;
  }

  /** The runbook that the run goes by, from its start or its last rebase; null when it is not known, undefined without a run. */
  get base(): { readonly runbook: Runbook; readonly text: string } | null | undefined {
    return this.#base;
  }

  /** What the document has become since. */
  get drift(): Drift {
    this.#drift ??= compareRunbooks(this.#base?.runbook ?? null, this.#runbook, this.#sha256);
    return this.#drift;
  }

  /** Whether the text is another than the one that the run goes by, even if no step is. */
  get isEdited(): boolean {
    return this.#base !== undefined && this.#base?.text !== this.#text;
  }

  update(runbook: Runbook, text: string): void {
    this.#runbook = runbook;
    this.#text = text;
    this.#number += 1;
    this.#kept.set(this.#number, runbook);
    this.#kept.delete(this.#number - KEPT);
    this.#forget();
  }

  /** Notes what the run goes by from here on; null: it is not known, so every command counts as changed. */
  goBy(base: { readonly runbook: Runbook; readonly text: string } | null | undefined): void {
    this.#base = base;
    this.#forget();
  }

  /**
   * The step as it is now. Throws a UserError when it is gone, or when a person
   * who saw that revision saw something else.
   */
  seen(stepId: string, revision: number): Step {
    const step = stepOf(this.#runbook, stepId);
    if (revision === this.#number) return step;
    const before = this.#kept.get(revision);
    const shown = before === undefined ? undefined : indexOf(before).steps.get(stepId);
    const same = shown !== undefined && shown.title === step.title && shown.kind === step.kind && sameCommands(shown, step) && before?.frontMatter.shell === this.#runbook.frontMatter.shell;
    if (!same) throw errors.staleStep(step.title);
    return step;
  }

  /** Titles of steps in the record that the document no longer has. */
  vanished(state: RunState | null): readonly string[] {
    const now = indexOf(this.#runbook).steps;
    const then = this.#base == null ? undefined : indexOf(this.#base.runbook).steps;
    // A step that was renamed is still there.
    const renamed = new Set([...this.drift.steps.values()].map(({ before }) => before?.id));
    return [...(state?.steps.keys() ?? [])].filter((id) => !now.has(id) && !renamed.has(id)).map((id) => then?.get(id)?.title ?? id);
  }

  /** Compared when somebody asks; equal texts are told without comparing. */
  #forget(): void {
    this.#drift = this.isEdited ? null : NO_DRIFT;
  }
}

/** Whether two steps run the same bytes in the same way. */
export function sameCommands(a: Step, b: Step): boolean {
  return a.commands.length === b.commands.length && a.commands.every((command, place) => sameCommand(command, b.commands[place]));
}

/** The same program, the same variables and the same value that comes of it. */
function sameRunning(left: CommandOptions, right: CommandOptions): boolean {
  return JSON.stringify([left.interpreter, left.cwdFrom, left.env, left.capture, left.file, left.backup, left.states]) === JSON.stringify([right.interpreter, right.cwdFrom, right.env, right.capture, right.file, right.backup, right.states]);
}

function sameCommand(a: Command, b: Command | undefined): boolean {
  if (b === undefined) return false;
  const { options: left } = a;
  const { options: right } = b;
  return a.text === b.text && a.language === b.language && left.shell === right.shell && left.cwd === right.cwd && left.timeoutSeconds === right.timeoutSeconds && left.confirm === right.confirm && sameRunning(left, right) && sameExpectation(left.expects, right.expects);
}
