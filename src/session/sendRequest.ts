import { answerText, type HttpAnswer } from '../core/checks/compareAnswer.ts';
import { parseRequest } from '../core/checks/httpRequest.ts';
import type { ExecutionResult, HttpClient } from './ports.ts';
import type { Clock } from './ports.ts';

/** So long an answer is waited for when the document does not say, in seconds. */
export const REQUEST_TIMEOUT_SECONDS = 10;

/** Characters of an answer that are shown with the step. */
const TAIL = 16 * 1024;

/** Sends a request as an execution. Never rejects. `text`: the request exactly as it was shown. */
export async function sendRequest(http: HttpClient, clock: Clock, executionId: string, text: string, timeoutSeconds: number): Promise<ExecutionResult & { readonly answer?: HttpAnswer }> {
  const request = parseRequest(text);
  const nothing = { environmentCarried: null, outputTail: null } as const;
  if (typeof request === 'string') return { outcome: { kind: 'notStarted', reason: request }, durationMs: null, ...nothing };
  const from = clock.now();
  const result = await http.send(executionId, request, timeoutSeconds);
  const durationMs = Math.max(0, clock.now() - from);
  switch (result.kind) {
    case 'answered': {
      const { answer } = result;
      const said = answerText(answer);
      const output = { head: said, tail: null, leftOut: 0, isSeparate: true, isComplete: true };
      return { outcome: { kind: 'answered', status: answer.status }, durationMs, environmentCarried: null, outputTail: said.length > TAIL ? `${said.slice(0, TAIL)}\n… the rest is in the record` : said, output, answer };
    }
    case 'unanswered':
      return { outcome: { kind: 'unanswered', reason: result.reason }, durationMs, ...nothing };
    case 'timedOut':
      return { outcome: { kind: 'timedOut', afterSeconds: timeoutSeconds }, durationMs, ...nothing };
    case 'cancelled':
      return { outcome: { kind: 'cancelled', code: null }, durationMs, ...nothing };
  }
}
