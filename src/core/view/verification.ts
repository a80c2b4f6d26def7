import { resultOfCheck } from '../checks/checkSteps.ts';
import type { CheckResult } from '../checks/compareOutput.ts';
import type { ViewInput } from './input.ts';
import { ended, resultWords } from './outcomeWords.ts';
import type { NoticeView } from './viewModel.ts';
import { counted } from './words.ts';

/** What the checks that were last run together say, or null. */
export function verificationNotice({ verification, state, runbook }: ViewInput): NoticeView | null {
  if (verification == null || state === null) return null;
  const found = verification.checks.map(({ stepId, title, executionId }) => {
    const execution = state.executions.get(executionId ?? '');
    return { title, execution, result: execution === undefined ? null : resultOfCheck(execution), line: runbook.steps.find(({ id }) => id === stepId)?.line ?? null };
  });
  const count = (result: CheckResult): number => found.filter((each) => each.result === result).length;
  const [passed, failed, inconclusive] = [count('passed'), count('failed'), count('inconclusive')];
  const open = found.length - passed - failed - inconclusive;
  const what = `${verification.title === null ? '' : `“${verification.title}”: `}${counted(found.length, 'check')}`;
  const parts = [`${passed} passed`, ...(failed > 0 ? [`${failed} failed`] : []), ...(inconclusive > 0 ? [`${inconclusive} inconclusive`] : []), ...(open > 0 ? [verification.isOver ? `${open} not run` : `${open} to go`] : [])];
  const leftOut = verification.leftOut.map((title) => ({ text: `left out, to be seen to by itself: ${title}`, line: null }));
  return {
    id: 'verification',
    severity: failed > 0 ? 'error' : inconclusive > 0 || (verification.isOver && open > 0) || leftOut.length > 0 ? 'warning' : 'info',
    text: `${verification.isOver ? 'Verified' : 'Verifying'} ${what}: ${parts.join(', ')}.`,
    actions: [],
    details: [
      ...found.map(({ title, execution, result, line }) => {
        const last = ended(execution);
        return { text: `${result ?? (execution === undefined ? 'not run' : 'running')}: ${title}${last === null ? '' : ` · ${resultWords(last)}`}`, line };
      }),
      ...leftOut,
    ],
  };
}
