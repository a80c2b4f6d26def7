import type { HttpAnswer } from '../core/checks/compareAnswer.ts';
import type { HttpRequest } from '../core/checks/httpRequest.ts';
import type { HttpClient, HttpResult } from '../session/ports.ts';

/** Bytes of a body that are read; the rest is not. */
const BODY_LIMIT = 256 * 1024;

/** Sends requests with Node's own fetch. Redirects are answers like any other: they are shown and not followed. */
export class FetchClient implements HttpClient {
  readonly #going = new Map<string, AbortController>();

  async send(id: string, request: HttpRequest, timeoutSeconds: number): Promise<HttpResult> {
    const controller = new AbortController();
    this.#going.set(id, controller);
    let isOver = false;
    const limit = setTimeout(() => {
      isOver = true;
      controller.abort();
    }, timeoutSeconds * 1000);
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers.map(([name, value]): [string, string] => [name, value]),
        body: request.body,
        redirect: 'manual',
        signal: controller.signal,
      });
      return { kind: 'answered', answer: await answerOf(response) };
    } catch (error) {
      if (isOver) return { kind: 'timedOut' };
      if (controller.signal.aborted) return { kind: 'cancelled' };
      return { kind: 'unanswered', reason: reasonOf(error) };
    } finally {
      clearTimeout(limit);
      this.#going.delete(id);
    }
  }

  cancel(id: string): void {
    this.#going.get(id)?.abort();
  }
}

async function answerOf(response: Response): Promise<HttpAnswer> {
  const { body, isWhole } = await read(response);
  return { status: response.status, statusText: response.statusText, headers: [...response.headers], body, isWhole };
}

async function read(response: Response): Promise<{ readonly body: string; readonly isWhole: boolean }> {
  if (response.body === null) return { body: '', isWhole: true };
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let body = '';
  let left = BODY_LIMIT;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { body: body + decoder.decode(), isWhole: true };
    const bytes = value.subarray(0, left);
    body += decoder.decode(bytes, { stream: true });
    left -= bytes.length;
    if (bytes.length < value.length) {
      await reader.cancel().catch(() => undefined);
      return { body, isWhole: false };
    }
  }
}

/** fetch says only “fetch failed”; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
  return code === 'ECONNREFUSED' ? `the connection was refused (${cause.message || code}).` : cause.message || code || error.message;
}
