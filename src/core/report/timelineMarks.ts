import type { RunEvent, TimeSubject } from '../run/events.ts';
import { limitWords } from '../view/words.ts';
import type { TimelineBar } from './timeline.ts';

/** What a mark says; the label comes from its step. */
export interface Mark {
  /** Null: it is about the whole run. */
  readonly stepId: string | null;
  /** Section that it is about when it is about no step; left out: the whole run. */
  readonly sectionId?: string;
  readonly outcome: TimelineBar['outcome'];
  readonly words: string;
}

/** The mark of what a person said of a step, or null for any other event. */
export function markOf({ body, actor }: RunEvent): Mark | null {
  const by = `by ${actor.name}`;
  switch (body.type) {
    case 'step.ticked':
      return { stepId: body.stepId, outcome: 'succeeded', words: `ticked ${by}` };
    case 'step.unticked':
      return { stepId: body.stepId, outcome: 'neutral', words: `tick taken back ${by}` };
    case 'step.skipped':
      return { stepId: body.stepId, outcome: 'skipped', words: `skipped ${by}: ${body.reason}` };
    case 'step.forced':
      return { stepId: body.stepId, outcome: 'forced', words: `marked done ${by}: ${body.reason}` };
    case 'step.reopened':
      return { stepId: body.stepId, outcome: 'neutral', words: `opened again ${by}` };
    case 'gate.decided':
      return { stepId: body.stepId, outcome: body.decision === 'go' ? 'succeeded' : 'neutral', words: `${body.decision === 'go' ? 'Go' : 'No-Go'} ${by}` };
    case 'soak.endedEarly':
      return { ...placeOf(body.subject), outcome: 'skipped', words: `soak ended early ${by}: ${body.reason}` };
    case 'budget.overrun':
      return { ...placeOf(body.subject), outcome: 'neutral', words: `over its budget of ${limitWords(body.budgetSeconds)}` };
    case 'monitors.agreed':
      return { stepId: null, outcome: 'neutral', words: `monitors agreed to ${by}: ${body.monitors.map(({ name }) => name).join(', ')}` };
    case 'monitors.stopped':
      return { stepId: null, outcome: 'neutral', words: `monitors stopped ${by}` };
    case 'trigger.fired':
      return { stepId: null, outcome: 'neutral', words: `trigger fired: ${body.words}${body.level === null ? '' : `, which advises level ${String(body.level)}`}` };
    case 'trigger.cleared':
      return { stepId: null, outcome: 'neutral', words: `trigger holds no longer: ${conditionOf(body.trigger)}` };
    case 'values.taken':
      return { stepId: null, outcome: 'neutral', words: `taken from other runbooks of the package: ${body.values.map(({ name }) => name).join(', ')}` };
    case 'drift.acknowledged':
      return body.subject.kind === 'step' ? { stepId: body.subject.stepId, outcome: 'neutral', words: `what was edited was read ${by}` } : null;
    case 'run.rebased':
      return { stepId: null, outcome: 'neutral', words: `edited text taken ${by}` };
    default:
      return null;
  }
}

function placeOf(subject: TimeSubject): Pick<Mark, 'stepId' | 'sectionId'> {
  return subject.kind === 'step' ? { stepId: subject.stepId } : { stepId: null, sectionId: subject.sectionId };
}

/** The condition alone of a trigger's key (`error_rate > 5% 300 1`); any other words as they are. */
function conditionOf(trigger: string): string {
  return trigger.replace(/ [\d.]+ \d+$/, '');
}
