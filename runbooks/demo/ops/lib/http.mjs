// One HTTP request to the service, straight to it: no proxy, no kept-open connection.

import { request as open } from 'node:http';
import { serviceUrl } from './workspace.mjs';

/**
 * @returns status, body text, and the body as JSON when it is that. Status 0 when nothing answers in time.
 * @param {unknown} [body] sent as JSON
 */
export function send(method, path, body) {
  return new Promise((resolve) => {
    const request = open(`${serviceUrl()}${path}`, { method, agent: false, timeout: 3000 }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text, json: parsed(text) }));
      response.on('error', () => resolve({ status: 0, text: '', json: undefined }));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve({ status: 0, text: '', json: undefined }));
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** One number from /metrics by its name without "orders_"; undefined when it is not there. */
export async function metric(name) {
  const { text } = await send('GET', '/metrics');
  const line = text.split('\n').find((candidate) => candidate.startsWith(`orders_${name} `));
  return line === undefined ? undefined : Number(line.split(' ')[1]);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
