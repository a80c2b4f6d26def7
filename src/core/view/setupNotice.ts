import { NO_QUESTIONS } from '../runbook/setup/model.ts';
import type { ViewInput } from './input.ts';
import type { NoticeView } from './viewModel.ts';

/**
 * Says that environment or inputs were edited during a run: the run keeps what
 * it was started with, and who edits the document has to know that.
 */
export function setupNotice({ state, runbook, isEdited }: ViewInput): NoticeView | null {
  const setup = state?.setup ?? null;
  if (state === null || state.ended !== null || !isEdited) return null;
  const { environments, inputs } = runbook.frontMatter.setup ?? NO_QUESTIONS;
  const changed: string[] = [];
  const environment = setup?.environment ?? null;
  if (environment !== null) {
    const now = environments.find(({ name }) => name === environment.name);
    if (now === undefined) changed.push(`The environment ${environment.name} is no longer in the document.`);
    else if (JSON.stringify([now.confirm, now.variables]) !== JSON.stringify([environment.confirm, environment.variables])) changed.push(`The environment ${environment.name} was edited.`);
  }
  const known = new Set([...(setup?.inputs ?? []).map(({ name }) => name), ...(setup?.secrets ?? [])]);
  const added = inputs.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (added.length > 0) changed.push(`The document asks for ${added.join(', ')} now, which this run was not given.`);
  if (changed.length === 0) return null;
  const text = 'The front matter was edited during the run. The run keeps the environment and the inputs of its start; end it and start a new one to use the others.';
  return { id: 'setup-edited', severity: 'warning', text, actions: [], details: changed.map((words) => ({ text: words, line: null })) };
}
