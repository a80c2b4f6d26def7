import type { HttpAnswer } from '../../src/core/checks/compareAnswer.ts';
import type { HttpRequest } from '../../src/core/checks/httpRequest.ts';
import type { HttpClient, HttpResult } from '../../src/session/ports.ts';

/** Answers requests as a test says. */
export class ScriptedHttp implements HttpClient {
  readonly requests: HttpRequest[] = [];
  script: (request: HttpRequest) => HttpResult | 'hangs';
  readonly #waiting = new Map<string, (result: HttpResult) => void>();

  constructor(script: (request: HttpRequest) => HttpResult | 'hangs' = () => answered(200, 'ok')) {
    this.script = script;
  }

  send(id: string, request: HttpRequest): Promise<HttpResult> {
    this.requests.push(request);
    const result = this.script(request);
    return result === 'hangs' ? new Promise((resolve) => this.#waiting.set(id, resolve)) : Promise.resolve(result);
  }

  cancel(id: string): void {
    this.#waiting.get(id)?.({ kind: 'cancelled' });
  }
}

export function answered(status: number, body: string, more: Partial<HttpAnswer> = {}): HttpResult {
  return { kind: 'answered', answer: { status, statusText: '', headers: [], body, isWhole: true, ...more } };
}
