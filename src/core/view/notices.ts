import type { Diagnostic, Severity } from '../runbook/model.ts';
import { crossed } from '../rollback/remains.ts';
import { noReturnWords } from '../run/noReturn.ts';
import { newerFormat } from './access.ts';
import { memberLevels } from './package/memberLevels.ts';
import { backgroundNotices } from './backgroundWords.ts';
import { driftNotice } from './driftWords.ts';
import type { ViewInput } from './input.ts';
import { firedNotices, monitorsNotice } from './monitorNotices.ts';
import { packageNotices } from './package/packageNotices.ts';
import { saidNotice } from './said.ts';
import { setupNotice } from './setupNotice.ts';
import { readiness } from './readiness.ts';
import { verificationNotice } from './verification.ts';
import type { ActionView, NoticeView } from './viewModel.ts';
import { counted } from './words.ts';

/** Everything that has to be said above the document, most important first. */
export function noticeViews(input: ViewInput): readonly NoticeView[] {
  const reading = input.state === null;
  return [
    input.error === null ? null : notice('error', 'error', input.error),
    locked(input),
    input.trusted ? null : notice('restricted', 'warning', 'Restricted Mode: this runbook can be read. Trust the workspace to run its commands.'),
    damaged(input),
    ...firedNotices(input),
    ...backgroundNotices(input),
    noGo(input),
    noReturn(input),
    ...packageNotices(input),
    verificationNotice(input),
    driftNotice(input),
    setupNotice(input),
    vanished(input),
    unknownEvents(input),
    monitorsNotice(input),
    saidNotice(input.state, input.formatTime),
    ...input.hostNotices.map(({ id, severity, text }) => notice(`host:${id}`, severity, text)),
    reading ? readiness(input.runbook, input.state, memberLevels(input).length > 0) : null,
    diagnostics(input.runbook.diagnostics.filter(({ severity }) => reading || severity === 'error')),
  ].filter((each) => each !== null);
}

function locked(input: ViewInput): NoticeView | null {
  const newer = newerFormat(input);
  if (newer !== null) return notice('newer-format', 'warning', newer);
  if (input.lockedBecause === null) return null;
  const running = input.state !== null && input.state.ended === null;
  return notice('locked', 'warning', input.lockedBecause, [], running ? [takeOver] : []);
}

const takeOver: ActionView = {
  id: 'takeOver',
  label: 'Take over',
  icon: 'person-add',
  style: 'secondary',
  stepId: null,
  disabledBecause: null,
  key: null,
};

function damaged({ damage }: ViewInput): NoticeView | null {
  if (damage.length === 0) return null;
  const text = 'The record of this run is incomplete. What could be read is shown; what is missing is not known.';
  return notice('damage', 'error', text, damage.map((line) => ({ text: line, line: null })));
}

function noGo({ state, runbook }: ViewInput): NoticeView | null {
  if (state === null || state.noGo === null || state.ended !== null) return null;
  const section = runbook.sections.find((each) => each.id === state.noGo?.sectionId);
  const where = section === undefined ? '' : ` at “${section.title}”`;
  return notice('no-go', 'warning', `No-Go${where}: the run goes no further. Roll back, end the run, or reopen the decision.`);
}

/** Past a point of no return it is said for the rest of the run. */
function noReturn({ runbook, state }: ViewInput): NoticeView | null {
  if (state === null || state.ended !== null) return null;
  const past = crossed(runbook, state);
  if (past.length === 0) return null;
  const details = past.map((step) => ({ text: noReturnWords(step) ?? '', line: step.line }));
  return notice('no-return', 'warning', 'Past the point of no return: not everything of this run can be taken back.', details);
}

function vanished({ vanishedSteps }: ViewInput): NoticeView | null {
  if (vanishedSteps.length === 0) return null;
  const text = `${counted(vanishedSteps.length, 'recorded step is', 'recorded steps are')} no longer in the document. Their record is kept.`;
  return notice('vanished', 'warning', text, vanishedSteps.map((title) => ({ text: title, line: null })));
}

function unknownEvents({ state }: ViewInput): NoticeView | null {
  if (state === null || state.unknownEvents === 0) return null;
  const text = `The record holds ${counted(state.unknownEvents, 'entry', 'entries')} of a newer version, kept and not shown here.`;
  return notice('unknown-events', 'info', text);
}

function diagnostics(found: readonly Diagnostic[]): NoticeView | null {
  if (found.length === 0) return null;
  const worst = (['error', 'warning', 'info'] as const).find((severity) => found.some((each) => each.severity === severity));
  const text = `${counted(found.length, 'remark')} on the document.`;
  return notice('diagnostics', worst ?? 'info', text, found.map(({ message, line }) => ({ text: message, line })));
}

function notice(
  id: string,
  severity: Severity,
  text: string,
  details: NoticeView['details'] = [],
  actions: readonly ActionView[] = [],
): NoticeView {
  return { id, severity, text, actions, details };
}
