import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../src/core/checks/httpRequest.ts';
import { FetchClient } from '../../src/node/httpClient.ts';
import type { HttpClient } from '../../src/session/ports.ts';
import { answered, ScriptedHttp } from '../fakes/scriptedHttp.ts';

let server: Server;
let base = '';
const heard: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers['x-name']?.toString() ?? ''} ${body}`);
      if (request.url === '/hangs') return;
      if (request.url === '/moved') return void response.writeHead(302, { location: '/health' }).end();
      if (request.url === '/large') return void response.end('x'.repeat(400 * 1024));
      if (request.url === '/broken') return void response.destroy();
      response.writeHead(request.url === '/health' ? 200 : 404, { 'content-type': 'text/plain' }).end('up');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({ method: 'GET', url, headers: [], body: null, ...more });
const scripted = (): HttpClient =>
  new ScriptedHttp(({ url }) => (url.endsWith('/hangs') ? 'hangs' : url.endsWith('/moved') ? answered(302, '') : url.endsWith('/health') ? answered(200, 'up') : { kind: 'unanswered', reason: 'refused' }));

describe.each([
  ['fetch', (): HttpClient => new FetchClient()],
  ['the fake', scripted],
])('a client of %s', (_, make) => {
  it('gives back what came', async () => {
    expect(await make().send('a', get(`${base}/health`), 5)).toMatchObject({ kind: 'answered', answer: { status: 200, body: 'up', isWhole: true } });
  });

  it('follows no redirect', async () => {
    expect(await make().send('a', get(`${base}/moved`), 5)).toMatchObject({ kind: 'answered', answer: { status: 302 } });
  });

  it('says when nobody answers', async () => {
    expect(await make().send('a', get('http://127.0.0.1:9/nobody'), 5)).toMatchObject({ kind: 'unanswered' });
  });

  it('can be told to wait no longer', async () => {
    const client = make();
    const sent = client.send('a', get(`${base}/hangs`), 30);
    await new Promise((resolve) => setTimeout(resolve, 20));
    client.cancel('a');
    client.cancel('another');
    expect(await sent).toEqual({ kind: 'cancelled' });
  });
});

describe('fetch', () => {
  it('sends method, headers and body as they are', async () => {
    await new FetchClient().send('a', get(`${base}/orders?a=b%20c`, { method: 'POST', headers: [['X-Name', 'Ada']], body: '{"a": 1}\n' }), 5);
    expect(heard.at(-1)).toBe('POST /orders?a=b%20c Ada {"a": 1}\n');
  });

  it('has a limit of time, and of what it reads', async () => {
    expect(await new FetchClient().send('a', get(`${base}/hangs`), 0.2)).toEqual({ kind: 'timedOut' });
    const large = await new FetchClient().send('a', get(`${base}/large`), 5);
    expect(large.kind === 'answered' && [large.answer.body.length, large.answer.isWhole]).toEqual([256 * 1024, false]);
  });

  it('says why there is no answer', async () => {
    expect(await new FetchClient().send('a', get('http://127.0.0.1:9/'), 5)).toMatchObject({ kind: 'unanswered' });
    const broken = await new FetchClient().send('a', get(`${base}/broken`), 5);
    expect(broken.kind === 'unanswered' && broken.reason).not.toBe('fetch failed');
  });
});
