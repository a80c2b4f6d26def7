import * as v from 'valibot';
import { RECORD_VERSION, type RunEvent, type RunEventBody } from '../../core/run/events.ts';

/*
 * A record may come from anybody: every line is checked against this before
 * anything looks at it. Objects are rebuilt property by property, so that
 * nothing that was not asked for (`__proto__` for one) comes through.
 */

const text = v.string();
const maybeText = v.nullable(text);
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const place = v.pipe(count, v.maxValue(9_999));
const name = v.pipe(text, v.regex(/^[\w.:-]{1,128}$/));
const hash = v.pipe(text, v.regex(/^[0-9a-f]{64}$/));
/** The library takes a list for an object without properties, or with none that is needed. */
const noList = v.custom<object>((value) => !Array.isArray(value));
const maybeNumber = v.nullable(v.pipe(v.number(), v.finite()));
const moment = v.pipe(text, v.isoTimestamp());
/** Names that a document gives. */
const shortName = v.pipe(text, v.maxLength(200));
const maybeFlag = v.nullable(v.boolean());
const stepId = v.pipe(text, v.maxLength(1000));
/** Longest name of a type, in characters. */
const LONGEST_TYPE = 200;

const outcome = v.variant('kind', [
  v.object({ kind: v.literal('exited'), code: v.pipe(v.number(), v.integer()) }),
  v.object({ kind: v.literal('signalled'), signal: text }),
  v.object({ kind: v.literal('cancelled'), code: v.nullable(v.pipe(v.number(), v.integer())) }),
  v.object({ kind: v.literal('answered'), status: v.pipe(v.number(), v.integer()) }),
  v.object({ kind: v.literal('unanswered'), reason: text }),
  v.object({ kind: v.literal('written'), before: v.nullable(hash), after: hash }),
  v.object({ kind: v.literal('timedOut'), afterSeconds: v.pipe(v.number(), v.finite()) }),
  v.object({ kind: v.literal('unneeded'), reason: text }),
  v.object({ kind: v.literal('notStarted'), reason: text }),
  v.object({ kind: v.literal('lost'), reason: text }),
]);

const backup = v.variant('act', [
  v.object({ act: v.literal('makes'), of: shortName }),
  v.object({ act: v.literal('prunes'), of: shortName, names: v.array(text), stay: count }),
  v.object({ act: v.literal('restores'), of: shortName, name: text, madeAt: moment, run: name }),
]);
const owner = v.variant('kind', [v.object({ kind: v.literal('step'), stepId }), v.object({ kind: v.literal('rollback'), rollbackId: name })]);
const planned = v.object({ purpose: v.picklist(['undo', 'verify']), text, language: text, line: count, sha256: hash, undoes: v.exactOptional(v.array(stepId)), shownOnly: v.exactOptional(v.literal(true)), backup: v.exactOptional(backup) });
const rollbackStart = { rollbackId: name, level: v.pipe(v.number(), v.integer()), title: text, budgetSeconds: maybeNumber, planSha256: hash, commands: v.array(planned) };
const rollbackEnd = { rollbackId: name, outcome: v.picklist(['succeeded', 'failed', 'abandoned']), reason: maybeText };
const output = v.object({ bytes: count, sha256: hash, cut: v.boolean() });
const expected = v.variant('kind', [
  v.object({ kind: v.literal('status'), codes: v.array(v.pipe(v.number(), v.integer())) }),
  v.object({ kind: v.literal('header'), name: text, text }),
  v.object({ kind: v.literal('contains'), text }),
  v.object({ kind: v.literal('exact'), text }),
  v.object({ kind: v.literal('regex'), source: text, flags: text }),
  v.object({ kind: v.literal('similar'), text, atLeast: v.pipe(v.number(), v.minValue(0), v.maxValue(1)), json: v.exactOptional(v.literal(true)) }),
]);
const expectation = v.object({ result: v.picklist(['passed', 'failed', 'inconclusive']), detail: maybeText });
const git = v.object({ branch: maybeText, commit: maybeText, clean: maybeFlag });

const named = v.array(v.object({ name: v.pipe(text, v.maxLength(200)), value: text }));
const setup = {
  environment: v.exactOptional(v.object({ name: text, confirm: maybeText, variables: named })),
  inputs: v.exactOptional(named),
  secrets: v.exactOptional(v.array(v.pipe(text, v.maxLength(200)))),
  preflight: v.exactOptional(v.array(v.object({ result: v.picklist(['passed', 'failed', 'unknown']), words: text }))),
  preflightReason: v.exactOptional(text),
};

const runReference = v.object({ runId: name, file: v.pipe(text, v.maxLength(4096)) });

const driftSubject = v.variant('kind', [v.object({ kind: v.literal('step'), stepId }), v.object({ kind: v.literal('level'), level: v.pipe(v.number(), v.integer()) })]);

const timeSubject = v.variant('kind', [v.object({ kind: v.literal('step'), stepId }), v.object({ kind: v.literal('section'), sectionId: v.pipe(text, v.maxLength(1000)) })]);
const triggerName = v.pipe(text, v.maxLength(500));

const knownBody = v.variant('type', [
  v.object({ type: v.literal('run.started'), title: text, file: text, textSha256: hash, git: v.nullable(git), ...setup, partOf: v.exactOptional(runReference) }),
  v.object({ type: v.literal('values.taken'), values: v.pipe(v.array(v.object({ name: v.pipe(text, v.maxLength(200)), value: text, kind: v.picklist(['field', 'value']), from: runReference, at: moment })), v.maxLength(500)) }),
  v.object({ type: v.literal('step.ticked'), stepId, note: maybeText }),
  v.object({ type: v.literal('step.unticked'), stepId }),
  v.object({ type: v.literal('step.skipped'), stepId, reason: text }),
  v.object({ type: v.literal('step.forced'), stepId, reason: text }),
  v.object({ type: v.literal('step.reopened'), stepId }),
  v.object({ type: v.literal('gate.decided'), stepId, sectionId: v.pipe(text, v.maxLength(1000)), decision: v.picklist(['go', 'no-go']), note: v.exactOptional(text) }),
  v.object({ type: v.literal('field.filled'), name: text, value: text }),
  v.object({
    type: v.literal('command.started'),
    executionId: name,
    owner,
    index: place,
    count: place,
    sha256: hash,
    text,
    source: maybeText,
    shell: text,
    acknowledged: v.array(text),
    exit: v.exactOptional(v.array(v.pipe(v.number(), v.integer()))),
    expect: v.exactOptional(v.array(expected)),
    probe: v.exactOptional(v.literal(true)),
    attempt: v.exactOptional(v.object({ number: count, of: count })),
    program: v.exactOptional(v.array(text)),
    env: v.exactOptional(named),
    file: v.exactOptional(v.object({ path: v.pipe(text, v.maxLength(1000)), before: v.nullable(hash) })),
    capture: v.exactOptional(v.pipe(text, v.maxLength(200))),
    background: v.exactOptional(v.literal(true)),
    lane: v.exactOptional(v.pipe(place, v.minValue(1))),
    backup: v.exactOptional(backup),
    states: v.exactOptional(v.pipe(noList, v.object({ release: v.exactOptional(shortName), commit: v.exactOptional(shortName), schema: v.exactOptional(shortName) }))),
    check: v.exactOptional(v.literal(true)),
  }),
  v.object({ type: v.literal('command.stayedUp'), executionId: name }),
  v.object({ type: v.literal('command.stopRequested'), executionId: name, force: v.boolean() }),
  v.object({ type: v.literal('command.ended'), executionId: name, outcome, durationMs: maybeNumber, environmentCarried: maybeFlag, outputTail: maybeText, output: v.exactOptional(v.nullable(output)), expectation: v.exactOptional(v.nullable(expectation)), captured: v.exactOptional(text) }),
  v.object({ type: v.literal('rollback.started'), ...rollbackStart }),
  v.object({ type: v.literal('rollback.ended'), ...rollbackEnd }),
  v.object({ type: v.literal('rehearsal.started'), ...rollbackStart, levelSha256: hash, textSha256: hash }),
  v.object({ type: v.literal('rehearsal.ended'), ...rollbackEnd }),
  v.object({ type: v.literal('drift.acknowledged'), subject: driftSubject, sha256: hash }),
  v.object({ type: v.literal('run.rebased'), fromSha256: v.nullable(hash), textSha256: hash, renamed: v.array(v.object({ from: stepId, to: stepId })), reopened: v.array(stepId), kept: v.array(stepId) }),
  v.object({ type: v.literal('soak.endedEarly'), subject: timeSubject, since: moment, until: moment, reason: text }),
  v.object({ type: v.literal('budget.overrun'), subject: timeSubject, since: moment, budgetSeconds: v.pipe(v.number(), v.finite(), v.minValue(0)) }),
  v.object({ type: v.literal('monitors.agreed'), sha256: hash, monitors: v.array(v.object({ name: v.pipe(text, v.maxLength(200)), shell: text, text, everySeconds: v.pipe(v.number(), v.finite()) })) }),
  v.object({ type: v.literal('monitors.stopped') }),
  v.object({ type: v.literal('trigger.fired'), trigger: triggerName, words: text, level: v.nullable(v.pipe(v.number(), v.integer())), since: moment, samples: v.pipe(v.array(v.object({ at: moment, value: v.pipe(v.number(), v.finite()) })), v.maxLength(1000)) }),
  v.object({ type: v.literal('trigger.cleared'), trigger: triggerName }),
  v.object({ type: v.literal('run.ended'), outcome: v.picklist(['completed', 'rolled-back', 'stopped', 'abandoned']), reason: maybeText }),
  v.object({ type: v.literal('remark.added'), stepId: v.nullable(stepId), text }),
  v.object({ type: v.literal('approval.given'), stepId: v.nullable(stepId), decision: v.picklist(['approved', 'rejected']), note: maybeText, consent: v.exactOptional(v.literal(true)) }),
]) satisfies v.GenericSchema<unknown, RunEventBody>;

/** What can happen, a schema for each type of event. */
export const bodySchemas = knownBody.options;

/** By type, so that not every type is tried for every event. */
const KNOWN: ReadonlyMap<string, v.GenericSchema<unknown, RunEventBody>> = new Map(bodySchemas.map((schema) => [schema.entries.type.literal, schema]));

/** Every event, whatever happened. */
export const envelopeSchema = v.object({
  v: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
  id: name,
  run: name,
  writer: name,
  seq: v.pipe(count, v.minValue(1)),
  heads: v.pipe(noList, v.record(name, count)),
  prev: v.nullable(hash),
  time: v.pipe(text, v.isoTimestamp()),
  actor: v.object({ name: text, email: maybeText }),
  body: v.looseObject({ type: v.pipe(text, v.maxLength(LONGEST_TYPE)) }),
});

/** The same, with the body left as it is: that is rebuilt by the schema of its type. */
const outerSchema = v.object({ ...envelopeSchema.entries, body: v.custom<{ readonly type: string }>((body) => body !== null && typeof body === 'object' && 'type' in body && typeof body.type === 'string' && body.type.length <= LONGEST_TYPE) });

/** The event in a parsed line, or what is wrong with it, as words that complete “it …”. Never throws. Events of unknown types keep their type alone. */
export function checkEvent(parsed: unknown): RunEvent | string {
  const outer = v.safeParse(outerSchema, parsed);
  if (!outer.success) return problem(v.safeParse(envelopeSchema, parsed).issues ?? outer.issues);
  const { type } = outer.output.body;
  const isNewer = outer.output.v > RECORD_VERSION;
  const schema = KNOWN.get(type);
  const body = schema === undefined ? null : v.safeParse(schema, outer.output.body);
  if (body?.success === true) return { ...outer.output, body: body.output };
  if (body !== null && !isNewer) return problem(body.issues);
  return { ...outer.output, body: unknownBody(body === null ? type : `newer:${type}`) };
}

/** Passed on so that it is counted; evolve.ts looks at the type before anything else. */
function unknownBody(type: string): RunEventBody {
  const body: { readonly type: string } = { type };
  return body as RunEventBody;
}

function problem(issues: readonly v.BaseIssue<unknown>[]): string {
  const [first] = issues;
  const where = first?.path?.map(({ key }) => String(key)).join('.').slice(0, 100);
  return where === undefined ? 'is no event' : `has a “${where}” that is not what it should be`;
}
