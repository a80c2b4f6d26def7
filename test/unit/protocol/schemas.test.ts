import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/protocol/limits.ts';
import type { PanelMessage } from '../../../src/protocol/messages.ts';
import { checkHostMessage, checkPanelMessage } from '../../../src/protocol/schemas.ts';

const GOOD: readonly PanelMessage[] = [
  { type: 'ready' },
  { type: 'resync' },
  { type: 'run', action: 'runNext', revision: 0 },
  { type: 'step', action: 'tick', stepId: 'a', revision: 12 },
  { type: 'rollback', action: 'planRollback', level: 1, planId: null, revision: 3 },
  { type: 'rollback', action: 'confirmRollback', level: 1, planId: 'abc', revision: 3 },
  { type: 'prompt', promptId: 'p', answers: { reason: 'because', ok: 'yes' } },
  { type: 'prompt', promptId: 'p', answers: null },
  { type: 'link', href: 'https://example.com' },
  { type: 'source', line: 1 },
  { type: 'fault', message: '' },
];

describe('messages from the panel', () => {
  test.each(GOOD)('$type is taken as it is', (message) => {
    expect(checkPanelMessage(message)).toEqual({ ok: true, value: message });
  });

  const bad: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'ready'],
    ['a list', [{ type: 'ready' }]],
    ['no type', {}],
    ['an unknown type', { type: 'exec' }],
    ['a type of Object', { type: 'constructor' }],
    ['an unknown key', { type: 'ready', command: 'rm -rf /' }],
    ['command text beside the ids', { type: 'step', action: 'run', stepId: 'a', revision: 1, text: 'rm -rf /' }],
    ['an unknown action', { type: 'step', action: 'exec', stepId: 'a', revision: 1 }],
    ['an action of another kind', { type: 'run', action: 'confirmRollback', revision: 1 }],
    ['a missing revision', { type: 'run', action: 'runNext' }],
    ['a negative revision', { type: 'run', action: 'runNext', revision: -1 }],
    ['a broken revision', { type: 'run', action: 'runNext', revision: 1.5 }],
    ['a revision that is no number', { type: 'run', action: 'runNext', revision: Number.NaN }],
    ['an endless revision', { type: 'run', action: 'runNext', revision: Number.POSITIVE_INFINITY }],
    ['an empty id', { type: 'step', action: 'run', stepId: '', revision: 1 }],
    ['a long id', { type: 'step', action: 'run', stepId: 'x'.repeat(LIMITS.id + 1), revision: 1 }],
    ['an id that is an object', { type: 'step', action: 'run', stepId: { toString: 'x' }, revision: 1 }],
    ['a level beyond all', { type: 'rollback', action: 'planRollback', level: 1e9, planId: null, revision: 1 }],
    ['a missing plan', { type: 'rollback', action: 'confirmRollback', level: 1, revision: 1 }],
    ['line 0', { type: 'source', line: 0 }],
    ['a long link', { type: 'link', href: `https://${'x'.repeat(LIMITS.href)}` }],
    ['a long fault', { type: 'fault', message: 'x'.repeat(LIMITS.fault + 1) }],
    ['a long answer', { type: 'prompt', promptId: 'p', answers: { a: 'x'.repeat(LIMITS.answer + 1) } }],
    ['an answer that is no text', { type: 'prompt', promptId: 'p', answers: { a: 1 } }],
    ['too many answers', { type: 'prompt', promptId: 'p', answers: Object.fromEntries(Array.from({ length: LIMITS.answers + 1 }, (_, index) => [`a${index}`, ''])) }],
  ];
  test.each(bad)('%s is refused', (_, message) => {
    expect(checkPanelMessage(message).ok).toBe(false);
  });

  test('an own __proto__ among the answers reaches no prototype', () => {
    const message: unknown = JSON.parse('{"type":"prompt","promptId":"p","answers":{"__proto__":"x","a":"b"}}');
    const result = checkPanelMessage(message);
    const answers = result.ok && result.value.type === 'prompt' ? result.value.answers : {};
    expect(Object.keys(answers ?? {})).not.toContain('__proto__');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('whatever comes, it is refused or is one of ours, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything({ withNullPrototype: true, withMap: true, withDate: true }), fc.record({ type: fc.constantFrom('run', 'step', 'prompt', 'link', 'source'), action: fc.anything(), stepId: fc.anything(), revision: fc.anything(), answers: fc.anything() })), (message) => {
        const result = checkPanelMessage(message);
        if (result.ok) expect(GOOD.map(({ type }) => type)).toContain(result.value.type);
        else expect(result.problem).not.toBe('');
      }),
    );
  });

  test('a refusal names the place and never the value', () => {
    const result = checkPanelMessage({ type: 'prompt', promptId: 'p', answers: { token: 'x'.repeat(LIMITS.answer + 1) } });
    expect(result).toEqual({ ok: false, problem: 'answers.token: max_length' });
  });
});

describe('messages from the host', () => {
  test.each([
    { type: 'patch', revision: 3 },
    { type: 'patch', revision: 3, prompt: null, blocks: [{ key: 'a', kind: 'step' }], order: ['a'] },
    { type: 'output', blockKey: 'a', commandIndex: 0, text: '' },
    { type: 'reveal', blockKey: 'a', focus: true },
  ])('$type is taken', (message) => {
    expect(checkHostMessage(message).ok).toBe(true);
  });

  test.each([
    [{ type: 'snapshot', revision: 1 }],
    [{ type: 'snapshot', revision: 1, view: { blocks: [] } }],
    [{ type: 'patch', revision: 1, blocks: [{ kind: 'step' }] }],
    [{ type: 'patch', revision: '1' }],
    [{ type: 'output', blockKey: 'a', commandIndex: -1, text: '' }],
    [{ source: 'devtools' }],
    [undefined],
  ])('%o is refused', (message) => {
    expect(checkHostMessage(message).ok).toBe(false);
  });
});
