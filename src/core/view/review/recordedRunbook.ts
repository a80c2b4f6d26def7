import type { RunState, StepRecord } from '../../run/state.ts';
import { indexOf } from '../../run/runbookIndex.ts';
import { EXIT_ZERO } from '../../runbook/expectation.ts';
import { findHiddenCharacters } from '../../runbook/hiddenCharacters.ts';
import type { Command, Runbook, Section, ShellLanguage, Step } from '../../runbook/model.ts';

const SECTION = 'record:steps';

/**
 * The runbook that a record is drawn from: the text that was kept, and after it
 * the steps that only the record has. Without a text those are all there is.
 *
 * @param kept the runbook as it was at the start, or null when that is not known
 */
export function recordedRunbook(kept: Runbook | null, state: RunState): Runbook {
  const base = kept ?? { ...EMPTY, title: state.title === '' ? 'A run whose start is missing' : state.title };
  const known = indexOf(base).steps;
  const strays = [...state.steps.values()].filter(({ stepId }) => !known.has(stepId)).map((record) => strayStep(record, state, base.lineCount));
  if (strays.length === 0) return base;
  const section: Section = { id: SECTION, title: kept === null ? 'Steps in the record' : 'Steps that the text does not have', depth: 2, role: null, line: base.lineCount, endLine: base.lineCount, parentId: null, budgetSeconds: null, budgetWords: null };
  return {
    ...base,
    sections: [...base.sections, section],
    steps: [...base.steps, ...strays],
    blocks: [...base.blocks, { kind: 'section', sectionId: SECTION }, ...strays.map(({ id }) => ({ kind: 'step', stepId: id }) as const)],
  };
}

const EMPTY: Runbook = {
  title: '', metadata: {}, sections: [], steps: [], rollbackLevels: [], undos: [], triggers: [], fields: [], diagnostics: [], blocks: [], annotations: [], lineCount: 1,
  frontMatter: { version: null, title: null, shell: null, timeoutSeconds: null },
};

/** A step as far as the record tells: its id for a title, and what was run. */
function strayStep({ stepId, executionIds, decision }: StepRecord, state: RunState, line: number): Step {
  const latest = new Map<number, Command>();
  for (const execution of executionIds.flatMap((id) => state.executions.get(id) ?? [])) {
    const text = execution.source ?? execution.text;
    const options = { timeoutSeconds: null, cwd: null, shell: null, confirm: false, expects: EXIT_ZERO, repeat: null };
    latest.set(execution.index, { language: execution.shell as ShellLanguage, text, line, options, placeholders: [], hidden: findHiddenCharacters(text), expectedOutput: null });
  }
  const commands = [...latest].sort(([a], [b]) => a - b).map(([, command]) => command);
  return {
    id: stepId, title: stepId, titleMarkdown: `\`${stepId.replaceAll('`', "'")}\``, kind: commands.length > 0 ? 'command' : 'manual', line, endLine: line, sectionId: SECTION, parentId: null,
    tickedInSource: false, owner: null, requires: [], commands, estimate: null, decision, reservation: null, needsEvidence: false, confirm: false, aside: false, verifies: false, check: false, background: false, parallel: null, irreversible: null, ordinal: null,
  };
}
