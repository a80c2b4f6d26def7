import { describe, expect, it } from 'vitest';
import { compareAnswer, type HttpAnswer } from '../../../src/core/checks/compareAnswer.ts';
import { fillRequest } from '../../../src/core/checks/fillRequest.ts';
import { parseRequest } from '../../../src/core/checks/httpRequest.ts';
import type { OutputExpectation } from '../../../src/core/runbook/expectation.ts';
import { makeCommand, NO_OPTIONS } from '../../../src/core/runbook/command.ts';

describe('a request', () => {
  it('has a method, an address, headers and a body', () => {
    expect(parseRequest('# ask\n\nPOST http://x:1/a?b=c HTTP/1.1\nAccept: text/plain\nX-Empty:\n\n{"a": 1}\n\nmore\n')).toEqual({
      method: 'POST', url: 'http://x:1/a?b=c', headers: [['Accept', 'text/plain'], ['X-Empty', '']], body: '{"a": 1}\n\nmore',
    });
    expect(parseRequest('https://x')).toEqual({ method: 'GET', url: 'https://x', headers: [], body: null });
  });
});

describe('values in a request', () => {
  const fill = (text: string, values: Record<string, string>): string => fillRequest(makeCommand('http', text, 1, NO_OPTIONS, null), new Map(Object.entries(values)));

  it('stay in their place', () => {
    expect(fill('GET {{base}}/orders/{{id}}?q={{q}}\n', { base: 'http://127.0.0.1:8080', id: '../admin', q: 'a&b=c#d' })).toBe('GET http://127.0.0.1:8080/orders/..%2Fadmin?q=a%26b%3Dc%23d\n');
    expect(fill('POST http://x/\nX-Name: {{name}}\n\n{"name": "{{name}}"}\n', { name: 'a", "admin": "yes' })).toBe('POST http://x/\nX-Name: a", "admin": "yes\n\n{"name": "a\\", \\"admin\\": \\"yes"}\n');
    expect(fill('GET http://x/{{a}}\n', { a: 'http://evil/' })).toBe('GET http://x/http%3A%2F%2Fevil%2F\n');
  });

  it.each([
    ['GET http://x/\nX: {{a}}\n', 'b\r\nY: c'],
    ['GET {{a}}/x\n', 'file:///etc'],
    ['GET {{a}}/x\n', 'http://user:pass@x'],
    ['GET {{a}}/x\n', ''],
  ])('%j refuses %j', (text, a) => {
    expect(() => fill(text, { a })).toThrow();
  });
});

describe('an answer', () => {
  const answer = (more: Partial<HttpAnswer> = {}): HttpAnswer => ({ status: 200, statusText: 'OK', headers: [['content-type', 'application/json']], body: '{"status":"up"}', isWhole: true, ...more });
  const result = async (expected: readonly OutputExpectation[], given: HttpAnswer): Promise<string> => (await compareAnswer(expected, given, () => Promise.resolve(null))).result;

  it.each([
    [[{ kind: 'status', codes: [200] }], answer(), 'passed'],
    [[{ kind: 'status', codes: [200] }], answer({ status: 503 }), 'failed'],
    [[{ kind: 'status', codes: [301] }], answer({ status: 301 }), 'passed'],
    [[{ kind: 'contains', text: '"up"' }], answer(), 'passed'],
    [[{ kind: 'contains', text: 'down' }], answer(), 'failed'],
    [[{ kind: 'contains', text: 'down' }], answer({ isWhole: false }), 'inconclusive'],
    [[{ kind: 'header', name: 'Content-Type', text: 'json' }], answer(), 'passed'],
    [[{ kind: 'header', name: 'Content-Type', text: 'html' }], answer(), 'failed'],
    [[{ kind: 'header', name: 'ETag', text: '' }], answer(), 'failed'],
  ] as const)('%j of %j: %s', async (expected, given, said) => {
    expect(await result(expected, given)).toBe(said);
  });
});
