import { type Soak, type SoakPlace, isSoaking, runningSoaks, soakAt, soakPlaces } from '../run/soak.ts';
import { isOffTrack } from '../run/offTrack.ts';
import { subjectKey } from '../run/evolveTime.ts';
import { NO_CLOCK } from '../run/order.ts';
import type { TimeSubject } from '../run/events.ts';
import type { Access } from './access.ts';
import type { ViewInput } from './input.ts';
import type { HeaderView, SoakView } from './viewModel.ts';
import { durationWords, who } from './words.ts';

/** The soak of a section or step as it stands; null when the runbook asks for none there. */
export function soakView(subject: TimeSubject, input: ViewInput, access: Access): SoakView | null {
  const key = subjectKey(subject);
  const place = soakPlaces(input.runbook).find((each) => subjectKey(each.subject) === key);
  if (place === undefined) return null;
  const soak = input.state === null ? null : soakAt(input.runbook, input.state, place);
  return soak === null ? ahead(place) : begun(soak, input, access);
}

function ahead({ time }: SoakPlace): SoakView {
  return { words: `then a soak of ${time.words}`, counting: null, end: null };
}

function begun(soak: Soak, { state, now = NO_CLOCK, me, formatTime }: ViewInput, access: Access): SoakView {
  const { since, until, time, endedEarly } = soak;
  if (endedEarly !== null) {
    const left = durationWords(Math.max(0, Date.parse(until) - Date.parse(endedEarly.at)));
    return { words: `soak of ${time.words} ended early by ${who(endedEarly.by, me)} ${formatTime(endedEarly.at)}, ${left} before its time. Reason: ${endedEarly.reason}`, counting: null, end: null };
  }
  if (!isSoaking(soak, now)) return { words: `soak of ${time.words} over since ${formatTime(until)}`, counting: null, end: null };
  const words = `soak until ${formatTime(until)}`;
  if (state === null || state.ended !== null || isOffTrack(state)) return { words, counting: null, end: null };
  return { words, counting: { since, seconds: time.seconds }, end: { label: 'End the soak early…', disabledBecause: access.record } };
}

/** The soak that the run waits for longest, or nothing. */
export function headerSoak({ runbook, state, now = NO_CLOCK }: ViewInput): Pick<HeaderView, 'soak'> {
  if (state === null || state.ended !== null || isOffTrack(state)) return {};
  const [last] = [...runningSoaks(runbook, state, now)].sort((a, b) => Date.parse(b.until) - Date.parse(a.until));
  return last === undefined ? {} : { soak: { title: last.title, since: last.since, until: last.until, seconds: last.time.seconds } };
}
