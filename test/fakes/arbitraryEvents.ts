import fc from 'fast-check';
import type { BackupFact, Outcome, RunEvent, RunEventBody, TimeSubject } from '../../src/core/run/events.ts';

const stepId = fc.constantFrom('a', 'b', 'go', 'no');
const executionId = fc.constantFrom('x1', 'x2', 'x3', 'x4');
const rollbackId = fc.constantFrom('r1', 'r2');
const small = fc.integer({ min: 0, max: 2 });

const trigger = fc.constantFrom('t', '__proto__');
const SINCE = '2026-01-05T14:00:00.000Z';
const timeSubject: fc.Arbitrary<TimeSubject> = fc.oneof(fc.record({ kind: fc.constant('step' as const), stepId }), fc.record({ kind: fc.constant('section' as const), sectionId: fc.constantFrom('g', 'h', '__proto__') }));

export const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constant('exited' as const), code: fc.constantFrom(0, 0, 0, 1, 137) }),
  fc.constant({ kind: 'signalled' as const, signal: 'SIGHUP' }),
  fc.record({ kind: fc.constant('cancelled' as const), code: fc.constantFrom(null, 0, 130) }),
  fc.constant({ kind: 'answered' as const, status: 200 }),
  fc.constant({ kind: 'unanswered' as const, reason: 'r' }),
  fc.constant({ kind: 'written' as const, before: null, after: 'a'.repeat(64) }),
  fc.constant({ kind: 'timedOut' as const, afterSeconds: 5 }),
  fc.constant({ kind: 'unneeded' as const, reason: 'r' }),
  fc.constant({ kind: 'notStarted' as const, reason: 'r' }),
  fc.constant({ kind: 'lost' as const, reason: 'r' }),
);

const bodies: fc.Arbitrary<RunEventBody> = fc.oneof(
  fc.constant<RunEventBody>({ type: 'run.started', title: 't', file: 'f', textSha256: 'x', git: null }),
  fc.constant<RunEventBody>({
    type: 'run.started', title: 't', file: 'f', textSha256: 'x', git: null,
    environment: { name: 'production', confirm: 'production', variables: [{ name: '__proto__', value: 'v' }] },
    inputs: [{ name: 'A', value: 'a' }], secrets: ['TOKEN'], preflight: [{ result: 'failed', words: 'w' }], preflightReason: 'r',
  }),
  fc.constant<RunEventBody>({ type: 'run.started', title: 't', file: 'f', textSha256: 'x', git: null, partOf: { runId: 'root', file: 'g' } }),
  fc.record({
    type: fc.constant('values.taken' as const),
    values: fc.array(fc.record({ name: fc.constantFrom('N', 'M', '__proto__'), value: fc.string(), kind: fc.constantFrom('field' as const, 'value' as const), from: fc.constant({ runId: 'root', file: 'g' }), at: fc.constantFrom(SINCE, '2026-01-05T13:00:00.000Z') }), { maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('step.ticked' as const), stepId, note: fc.constant(null) }),
  fc.record({ type: fc.constant('step.unticked' as const), stepId }),
  fc.record({ type: fc.constant('step.skipped' as const), stepId, reason: fc.constant('r') }),
  fc.record({ type: fc.constant('step.forced' as const), stepId, reason: fc.constant('r') }),
  fc.record({ type: fc.constant('step.reopened' as const), stepId }),
  fc.record({ type: fc.constant('gate.decided' as const), stepId, sectionId: fc.constantFrom('g', 'h'), decision: fc.constantFrom('go' as const, 'no-go' as const) }),
  fc.record({ type: fc.constant('field.filled' as const), name: fc.constantFrom('n', '__proto__'), value: fc.string() }),
  fc.record({
    type: fc.constant('command.started' as const),
    executionId,
    owner: fc.oneof(fc.record({ kind: fc.constant('step' as const), stepId }), fc.record({ kind: fc.constant('rollback' as const), rollbackId })),
    index: small,
    count: fc.constantFrom(1, 2, 3, 1e9),
    sha256: fc.constant('x'),
    text: fc.constant('t'),
    source: fc.constant(null),
    shell: fc.constant('bash'),
    acknowledged: fc.constant([]),
    attempt: fc.constant({ number: 1, of: 2 }),
    capture: fc.constantFrom('N', 'M'),
    file: fc.constant({ path: 'a/b', before: null }),
    exit: fc.constantFrom([0], [0, 1]),
    expect: fc.constantFrom([], [{ kind: 'contains' as const, text: 'ok' }], [{ kind: 'similar' as const, text: '{}', atLeast: 0.8, json: true as const }]),
  }),
  fc.record({
    type: fc.constant('command.started' as const), executionId, owner: fc.oneof(fc.record({ kind: fc.constant('step' as const), stepId }), fc.record({ kind: fc.constant('rollback' as const), rollbackId })), index: fc.constant(0), count: fc.constant(1), sha256: fc.constant('x'),
    text: fc.constant('t'), source: fc.constant(null), shell: fc.constant('bash'), acknowledged: fc.constant([]), background: fc.constant(true as const),
  }),
  fc.record({
    type: fc.constant('command.started' as const), executionId, owner: fc.record({ kind: fc.constant('step' as const), stepId }), index: small, count: fc.constantFrom(1, 2), sha256: fc.constant('x'),
    text: fc.constant('t'), source: fc.constant(null), shell: fc.constant('bash'), acknowledged: fc.constant([]), lane: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ type: fc.constant('command.stayedUp' as const), executionId }),
  fc.record({
    type: fc.constant('command.started' as const), executionId, owner: fc.oneof(fc.record({ kind: fc.constant('step' as const), stepId }), fc.record({ kind: fc.constant('rollback' as const), rollbackId })), index: fc.constant(0), count: fc.constant(1), sha256: fc.constant('x'),
    text: fc.constant('t'), source: fc.constant(null), shell: fc.constant('bash'), acknowledged: fc.constant([]), capture: fc.constant('N'), states: fc.constantFrom({}, { release: 'N', commit: 'n', schema: '__proto__' }),
    backup: fc.constantFrom<BackupFact>({ act: 'makes', of: 'db' }, { act: 'prunes', of: 'db', names: ['v1'], stay: 2 }, { act: 'prunes', of: '__proto__', names: [], stay: 0 }, { act: 'restores', of: 'db', name: 'v1', madeAt: SINCE, run: 'r' }),
  }),
  fc.record({ type: fc.constant('command.started' as const), executionId, owner: fc.record({ kind: fc.constant('step' as const), stepId }), index: fc.constant(0), count: fc.constant(1), sha256: fc.constant('x'), text: fc.constant('t'), source: fc.constant(null), shell: fc.constant('bash'), acknowledged: fc.constant([]), check: fc.constant(true as const) }),
  fc.record({
    type: fc.constant('command.started' as const), executionId, owner: fc.record({ kind: fc.constant('step' as const), stepId }), index: fc.constant(0), count: fc.constant(1), sha256: fc.constant('x'),
    text: fc.constant('t'), source: fc.constant(null), shell: fc.constant('program'), program: fc.constant(['python3', '-u']), env: fc.constant([{ name: 'A', value: 'b' }]), capture: fc.constant('N'), acknowledged: fc.constant([]), probe: fc.constant(true as const),
  }),
  fc.record({ type: fc.constant('command.stopRequested' as const), executionId, force: fc.boolean() }),
  fc.record({ type: fc.constant('command.ended' as const), executionId, outcome: outcomes, durationMs: fc.constant(1), environmentCarried: fc.constant(null), outputTail: fc.constant(null), output: fc.constantFrom(null, { bytes: 3, sha256: 'x', cut: false }), expectation: fc.constantFrom(null, { result: 'passed' as const, detail: null }, { result: 'failed' as const, detail: 'd' }, { result: 'inconclusive' as const, detail: 'd' }) }),
  fc.record({ type: fc.constant('command.ended' as const), executionId, outcome: outcomes, durationMs: fc.constant(1), environmentCarried: fc.constant(null), outputTail: fc.constant(null), output: fc.constantFrom(null, { bytes: 3, sha256: 'x', cut: false }), expectation: fc.constantFrom(null, { result: 'passed' as const, detail: null }, { result: 'failed' as const, detail: 'd' }, { result: 'inconclusive' as const, detail: 'd' }), captured: fc.constantFrom('', 'v1') }),
  fc.record({ type: fc.constant('rollback.started' as const), rollbackId, level: small, title: fc.constant('t'), budgetSeconds: fc.constant(null), planSha256: fc.constant('x'), commands: fc.constant([]) }),
  fc.record({ type: fc.constant('rollback.ended' as const), rollbackId, outcome: fc.constantFrom('succeeded' as const, 'failed' as const, 'abandoned' as const), reason: fc.constant(null) }),
  fc.record({
    type: fc.constant('rehearsal.started' as const), rollbackId, level: small, title: fc.constant('t'), budgetSeconds: fc.constant(null), planSha256: fc.constant('x'), levelSha256: fc.constant('y'), textSha256: fc.constant('z'),
    commands: fc.constantFrom([], [{ purpose: 'undo' as const, text: 't', language: 'sh', line: 1, sha256: 'x', shownOnly: true as const }]),
  }),
  fc.record({ type: fc.constant('rehearsal.ended' as const), rollbackId, outcome: fc.constantFrom('succeeded' as const, 'failed' as const, 'abandoned' as const), reason: fc.constant(null) }),
  fc.record({ type: fc.constant('drift.acknowledged' as const), subject: fc.oneof(fc.record({ kind: fc.constant('step' as const), stepId }), fc.record({ kind: fc.constant('level' as const), level: small })), sha256: fc.constantFrom('x', 'y') }),
  fc.record({
    type: fc.constant('run.rebased' as const),
    fromSha256: fc.constantFrom(null, 'x'),
    textSha256: fc.constantFrom('x', 'y'),
    renamed: fc.array(fc.record({ from: stepId, to: stepId }), { maxLength: 1 }),
    reopened: fc.array(stepId, { maxLength: 2 }),
    kept: fc.array(stepId, { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('soak.endedEarly' as const), subject: timeSubject, since: fc.constantFrom(SINCE, '2026-01-05T13:00:00.000Z'), until: fc.constant('2026-01-05T18:00:00.000Z'), reason: fc.constant('r') }),
  fc.record({ type: fc.constant('budget.overrun' as const), subject: timeSubject, since: fc.constant(SINCE), budgetSeconds: fc.constantFrom(0, 60) }),
  fc.record({ type: fc.constant('monitors.agreed' as const), sha256: fc.constantFrom('x', 'y'), monitors: fc.constant([{ name: 'error_rate', shell: 'sh', text: 'echo 1', everySeconds: 30 }]) }),
  fc.constant<RunEventBody>({ type: 'monitors.stopped' }),
  fc.record({ type: fc.constant('trigger.fired' as const), trigger, words: fc.constant('w'), level: fc.constantFrom(null, 1), since: fc.constant(SINCE), samples: fc.constantFrom([], [{ at: SINCE, value: 7 }]) }),
  fc.record({ type: fc.constant('trigger.cleared' as const), trigger }),
  fc.record({ type: fc.constant('run.ended' as const), outcome: fc.constantFrom('completed' as const, 'abandoned' as const), reason: fc.constant(null) }),
  fc.record({ type: fc.constant('remark.added' as const), stepId: fc.option(stepId), text: fc.constant('t') }),
  fc.record({ type: fc.constant('approval.given' as const), stepId: fc.option(stepId), decision: fc.constantFrom('approved' as const, 'rejected' as const), note: fc.constant(null) }),
  fc.record({ type: fc.constant('approval.given' as const), stepId, decision: fc.constantFrom('approved' as const, 'rejected' as const), note: fc.constant(null), consent: fc.constant(true as const) }),
  // A type of a later version, or of nobody.
  fc.constantFrom('toString', 'step.blessed', '__proto__').map((type) => ({ type }) as unknown as RunEventBody),
);

/** Events of several writers, legal one by one and in any order that writers can make. */
export const histories: fc.Arbitrary<readonly RunEvent[]> = fc
  .array(fc.record({ body: bodies, writer: fc.constantFrom('w1', 'w2', 'w3'), looks: fc.boolean() }), { maxLength: 40 })
  .map((list) => {
    const seqs = new Map<string, number>();
    const seen = new Map<string, Map<string, number>>();
    return list.map(({ body, writer, looks }, at): RunEvent => {
      const seq = (seqs.get(writer) ?? 0) + 1;
      const known = seen.get(writer) ?? new Map<string, number>();
      if (looks) for (const [other, head] of seqs) known.set(other, head);
      seen.set(writer, known);
      seqs.set(writer, seq);
      const heads = Object.fromEntries([...known].filter(([other]) => other !== writer));
      return { v: 1, id: `e${String(at)}`, run: 'r', writer, seq, heads, prev: null, time: '2026-01-05T14:00:00.000Z', actor: { name: writer, email: null }, body };
    });
  });
