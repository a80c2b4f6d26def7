import { UNDO_LEVEL, UNDO_TITLE } from '../../rollback/levelName.ts';
import type { Block, Command, RollbackLevel, Runbook, Step } from '../../runbook/model.ts';
import { howItRuns } from '../../runbook/howItRuns.ts';
import { expectationWords } from '../../runbook/expectationWords.ts';
import { isRequest } from '../../checks/fillRequest.ts';
import { soakPlaces, standsBehind, type SoakPlace } from '../soak.ts';
import { requiredBy } from '../required.ts';
import { indexOf } from '../runbookIndex.ts';
import { shellOf } from '../shell/shells.ts';

/** Which part of a step or level is another now. `text`: the words that stand with it. */
export type DriftPart = 'title' | 'attributes' | 'commands' | 'text';

export const DRIFT_PARTS: readonly DriftPart[] = ['title', 'attributes', 'commands', 'text'];

/** Everything of a step or level that a person goes by, as lines. Its place, its number and ticks in the source are no part of it. */
export type Content = Readonly<Record<DriftPart, readonly string[]>>;

/** The lines as they are compared and shown. */
export function linesOf(content: Content): readonly string[] {
  return DRIFT_PARTS.flatMap((part) => content[part]);
}

/** What a step says and runs. The front matter's shell and limit are counted in where they take effect. */
export function stepContent(runbook: Runbook, step: Step): Content {
  const requires = requiredBy(indexOf(runbook), step);
  return {
    title: [step.titleMarkdown],
    attributes: [
      step.kind === 'manual' || step.kind === 'command' ? null : `Kind: ${step.kind}`,
      // A decision belongs to its section: in another one it decides something else.
      step.kind === 'gate' ? `Decides: ${step.sectionId ?? 'the run'}` : null,
      step.decision === null ? null : `Means: ${step.decision}`,
      step.owner === null ? null : `Owner: ${step.owner}`,
      requires.length === 0 ? null : `Requires: ${requires.join(', ')}`,
      step.reservation === null ? null : `Reserved: ${String(step.reservation.approvers)} ${step.reservation.by ?? 'other people'}`,
      step.needsEvidence ? 'Asks for evidence' : null,
      step.estimate === null ? null : `Takes: ${step.estimate.words}`,
      ...soaksRightBefore(runbook, step).map(({ title, time }) => `After the soak of ${title}: ${time.words}`),
      confirmWords(step.confirm),
      step.irreversible === null ? null : ['Cannot be taken back', ...step.irreversible.closes.map((level) => `closes level ${String(level)}`)].join(', '),
      step.background ? 'Keeps running in the background' : null,
      step.parallel === null ? null : 'May run at the same time as its neighbours',
      step.aside ? 'Not part of the way forward' : null,
    ].filter((line) => line !== null),
    // The limit of the whole file is not for what keeps running.
    commands: step.commands.flatMap((command) => commandLines(step.background ? { frontMatter: { ...runbook.frontMatter, timeoutSeconds: null } } : runbook, command)),
    text: [...(proseOf(runbook).get(step.id) ?? []), ...step.commands.flatMap(({ expectedOutput }) => (expectedOutput === null ? [] : ['Expected output:', ...expectedOutput.split('\n')]))],
  };
}

/** A soak is a part of the first step that waits for it: who goes on there has to have read what it has become. */
function soaksRightBefore(runbook: Runbook, step: Step): readonly SoakPlace[] {
  return soakPlaces(runbook).filter((place) => runbook.steps.find((each) => standsBehind(runbook, each, place)) === step);
}

/** All undo blocks of a runbook as one level, or null without any: they are compared and read together. */
export function undoLevel(runbook: Runbook): RollbackLevel | null {
  const [first] = runbook.undos;
  if (first === undefined) return null;
  const commands = runbook.undos.map(({ command }) => command);
  return { level: UNDO_LEVEL, title: UNDO_TITLE, budgetSeconds: null, budgetWords: null, line: first.command.line, sectionId: null, commands, verify: [], verifyStepIds: [], alternatives: [], notes: [] };
}

/** What rolling back to a level runs, verifies and says. */
export function levelContent(runbook: Runbook, level: RollbackLevel): Content {
  if (level.level === UNDO_LEVEL) return { title: [UNDO_TITLE], attributes: [], commands: runbook.undos.flatMap(({ stepIds, command }) => [`Undoes: ${stepIds.join(', ')}`, ...commandLines(runbook, command)]), text: [] };
  const verify = level.verify.flatMap((command) => commandLines(runbook, command));
  return {
    title: [`Level ${String(level.level)}: ${level.title}`],
    attributes: level.budgetWords === null ? [] : [`Budget: ${level.budgetWords}`],
    commands: [...level.commands.flatMap((command) => commandLines(runbook, command)), ...(verify.length === 0 ? [] : ['Verify:', ...verify])],
    text: level.notes.flatMap((note) => note.split('\n')),
  };
}

/** How a command is run, then its lines. A line end at the very end is no line of its own. */
function commandLines({ frontMatter }: Pick<Runbook, 'frontMatter'>, command: Command): readonly string[] {
  const { cwd, cwdFrom, confirm, timeoutSeconds, env, capture, backup, states } = command.options;
  const limit = timeoutSeconds ?? frontMatter.timeoutSeconds;
  const options = [limit === null ? null : `limit ${String(limit)} s`, cwd === null ? null : `in ${cwd}${cwdFrom === undefined ? '' : ', from the folder of the runbook'}`, ...(env ?? []).map(({ name, value }) => `${name}=${value}`), capture === undefined ? null : `captures ${capture}`, confirmWords(confirm), ...howItRuns({ ...(backup === undefined ? {} : { backup }), ...(states === undefined ? {} : { states }) }), ...expectationWords(command.options.expects)].filter((words) => words !== null);
  return [['Run with', interpreterOf(command, frontMatter.shell), ...options].join(' · '), ...command.text.replace(/\n$/, '').split('\n').map((line) => `    ${line}`)];
}

function confirmWords(confirm: boolean | string): string | null {
  if (confirm === false) return null;
  return confirm === true ? 'Asks first' : `Asks for the word ${confirm}`;
}

/** A shell that is not known is named as it is written: comparing runs nothing. */
function interpreterOf(command: Command, documentShell: string | null): string {
  if (isRequest(command)) return 'a request';
  if (command.options.file !== undefined) return `nothing: it writes ${command.options.file}`;
  if (command.options.interpreter !== undefined) return command.options.interpreter.join(' ');
  try {
    return shellOf(command, documentShell);
  } catch {
    return command.options.shell ?? documentShell ?? command.language;
  }
}

const known = new WeakMap<Runbook, ReadonlyMap<string, readonly string[]>>();

/** The words that stand inside each step, by its id. */
function proseOf(runbook: Runbook): ReadonlyMap<string, readonly string[]> {
  const before = known.get(runbook);
  if (before !== undefined) return before;
  const prose = new Map<string, readonly string[]>();
  for (const block of runbook.blocks) if (block.kind === 'content' && block.stepId !== null) prose.set(block.stepId, [...(prose.get(block.stepId) ?? []), ...wordsOf(block)]);
  known.set(runbook, prose);
  return prose;
}

function wordsOf({ tokens }: Extract<Block, { kind: 'content' }>): readonly string[] {
  return tokens.flatMap(({ content }) => (content === '' ? [] : content.replace(/\n$/, '').split('\n')));
}
