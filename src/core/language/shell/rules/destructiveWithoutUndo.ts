import type { Runbook, Step } from '../../../runbook/model.ts';
import { hasLevel, stepsWithoutUndo } from '../../../runbook/wayBack.ts';
import { destroys } from '../destroys.ts';
import type { ShellRule } from '../finding.ts';

/** Something is destroyed on the way forward, and nothing says how it comes back or that it does not. */
export const destructiveWithoutUndo: ShellRule = ({ runbook, use, calls, text }) => {
  const { step, level, undoes } = use;
  if (step === null || level !== null || undoes || step.aside || step.irreversible !== null || isUndone(runbook, step) || isSaidAlready(runbook, step)) return [];
  const call = calls.find((candidate) => destroys(candidate, text) !== null);
  if (call === undefined) return [];
  const what = destroys(call, text) ?? '';
  const [severity, wayBack] = hasLevel(runbook) ? (['info', 'a rollback level may not bring it back'] as const) : (['warning', 'there is no way back'] as const);
  return [{ severity, code: 'destructive-without-undo', message: `This ${what}, and ${wayBack}. Add a block with “undo=” that takes it back, or say with “irreversible” that it stays.`, start: call.start, end: call.end }];
};

function isUndone({ undos }: Runbook, step: Step): boolean {
  return undos.some(({ stepIds }) => stepIds.includes(step.id) || (step.parentId !== null && stepIds.includes(step.parentId)));
}

/** The document as a whole says of this step that it has no way back. */
function isSaidAlready(runbook: Runbook, step: Step): boolean {
  return !hasLevel(runbook) && stepsWithoutUndo(runbook).includes(step);
}
