import * as v from 'valibot';
import type { Checked } from './connection.ts';
import { LIMITS } from './limits.ts';
import type { HostMessage, PanelMessage } from './messages.ts';

/**
 * What the host believes of a message from the panel: its shape, and nothing
 * about whether it is allowed. Unknown keys, unknown actions, texts beyond the
 * limits and numbers that are no whole numbers are refused.
 */

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.id));
const revision = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const runAction = v.picklist(['startRun', 'runNext', 'runUntilGate', 'pause', 'endRun', 'abandonRun', 'showTerminal', 'openSource', 'closeRollback', 'takeOver', 'endSoak', 'watchMonitors', 'stopMonitors', 'rebaseRun', 'showChanges', 'commitRecord', 'verify']);
const stepAction = v.picklist(['run', 'retry', 'stop', 'forceStop', 'tick', 'tickWithNote', 'untick', 'skip', 'markDone', 'reopen', 'go', 'noGo', 'showStepTerminal', 'copy', 'revealSource']);
const rollbackAction = v.picklist(['planRollback', 'confirmRollback', 'planRehearsal', 'confirmRehearsal', 'stopRollback', 'retryRollback', 'abandonRollback']);

const answers = v.pipe(
  v.record(v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.name)), v.pipe(v.string(), v.maxLength(LIMITS.answer))),
  v.check((given) => Object.keys(given).length <= LIMITS.answers, 'too many answers'),
);

const panelMessage = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('resync') }),
  v.strictObject({ type: v.literal('run'), action: runAction, revision }),
  v.strictObject({ type: v.literal('verify'), sectionId: id, revision }),
  v.strictObject({ type: v.literal('step'), action: stepAction, stepId: id, revision }),
  v.strictObject({
    type: v.literal('rollback'),
    action: rollbackAction,
    level: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LIMITS.level)),
    planId: v.nullable(id),
    revision,
  }),
  v.strictObject({ type: v.literal('member'), member: id, level: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(LIMITS.level))), revision }),
  v.strictObject({ type: v.literal('review'), action: v.picklist(['remark', 'approve', 'reject']), stepId: v.nullable(id), revision }),
  v.strictObject({ type: v.literal('recordedOutput'), executionId: id }),
  v.strictObject({ type: v.literal('prompt'), promptId: id, answers: v.nullable(answers) }),
  v.strictObject({ type: v.literal('link'), href: v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.href)) }),
  v.strictObject({ type: v.literal('source'), line: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(LIMITS.line)) }),
  v.strictObject({ type: v.literal('seen'), blockKey: v.pipe(v.string(), v.maxLength(LIMITS.blockKey)), how: v.picklist(['scrolled', 'focused']) }),
  v.strictObject({ type: v.literal('fault'), message: v.pipe(v.string(), v.maxLength(LIMITS.fault)) }),
]);

/** Checks a message from the panel. Never throws. */
export function checkPanelMessage(raw: unknown): Checked<PanelMessage> {
  return checked<PanelMessage>(v.safeParse(panelMessage, raw));
}

const parts = {
  header: v.looseObject({ title: v.string() }),
  notices: v.array(v.looseObject({ id: v.string() })),
  outline: v.array(v.looseObject({ sectionId: v.string() })),
  dock: v.looseObject({ levels: v.array(v.looseObject({ level: v.number() })) }),
  prompt: v.nullable(v.looseObject({ id: v.string() })),
  rollback: v.nullable(v.looseObject({ level: v.number(), planId: v.string() })),
  review: v.nullable(v.looseObject({ integrity: v.looseObject({ title: v.string() }) })),
  blocks: v.array(v.looseObject({ key: v.string(), kind: v.picklist(['section', 'content', 'step', 'level']) })),
};

const hostMessage = v.variant('type', [
  v.looseObject({ type: v.literal('snapshot'), revision, sentAt: v.optional(v.string()), partial: v.optional(v.literal(true)), view: v.looseObject(parts) }),
  v.looseObject({
    type: v.literal('patch'),
    revision,
    sentAt: v.optional(v.string()),
    ...v.partial(v.looseObject(parts)).entries,
    order: v.optional(v.array(v.string())),
  }),
  v.looseObject({ type: v.literal('output'), blockKey: v.string(), commandIndex: revision, text: v.string() }),
  v.looseObject({ type: v.literal('reveal'), blockKey: v.string(), focus: v.boolean() }),
  v.looseObject({ type: v.literal('follow'), blockKey: v.nullable(v.string()), scroll: v.boolean() }),
]);

/**
 * Checks a message from the host, lightly: it comes from our own code, and a
 * shape that drawing would stumble over is caught where it is drawn.
 */
export function checkHostMessage(raw: unknown): Checked<HostMessage> {
  const result = v.safeParse(hostMessage, raw);
  return result.success ? { ok: true, value: raw as HostMessage } : checked<HostMessage>(result);
}

function checked<T>(result: { readonly success: true; readonly output: T } | { readonly success: false; readonly issues: readonly v.BaseIssue<unknown>[] }): Checked<T> {
  if (result.success) return { ok: true, value: result.output };
  const issue = result.issues[0];
  // The value itself stays out of the log: it may hold what a person typed.
  const place = issue?.path?.map((item) => String(item.key)).join('.') ?? '';
  return { ok: false, problem: `${place || 'message'}: ${issue?.type ?? 'refused'}` };
}

/** Compiles only while the schema and messages.ts say the same, in both directions. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
export type SchemaEqualsMessages = Same<DeepReadonly<v.InferOutput<typeof panelMessage>>, PanelMessage>;
export const SCHEMA_EQUALS_MESSAGES: SchemaEqualsMessages = true;

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
