import { allCommands } from '../runbook/allCommands.ts';
import type { Runbook } from '../runbook/model.ts';

const known = new WeakMap<Runbook, boolean>();

/** Whether a runbook has to do with backups, or says what it deploys. Runbooks never change, so it is looked up once. */
export function concernsStatus(runbook: Runbook): boolean {
  let answer = known.get(runbook);
  if (answer === undefined) known.set(runbook, (answer = look(runbook)));
  return answer;
}

function look({ frontMatter, steps, rollbackLevels, undos }: Runbook): boolean {
  return frontMatter.backups !== undefined || [...allCommands({ steps, levels: rollbackLevels, undos })].some(({ options }) => options.states !== undefined || options.backup !== undefined);
}
