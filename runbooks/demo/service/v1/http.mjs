// The routes. Everything about orders is counted; looking at the service's own state is not.

import { BadRequest } from './orders.mjs';

/**
 * @returns a listener for `node:http`.
 * @param {{ orders: object, metrics: object, state: () => object, log: (line: string) => void }} service
 */
export function listener(service) {
  return async (request, response) => {
    const started = performance.now();
    // A path is no address: "//" would be taken for a host, and be refused.
    const [pathname, query] = request.url.split('?', 2);
    const searchParams = new URLSearchParams(query);
    let answer;
    try {
      answer = await route(service, request, pathname, searchParams);
    } catch (error) {
      const known = error instanceof BadRequest;
      if (!known) service.log(`ERROR ${request.method} ${pathname}: ${where(error)}`);
      answer = [known ? 400 : 500, { error: known ? error.message : 'Internal error; it is in the log.' }];
    }
    const [status, body] = answer;
    if (pathname.startsWith('/orders')) service.metrics.count(status, performance.now() - started);
    const isText = typeof body === 'string';
    response.writeHead(status, { 'content-type': isText ? 'text/plain; version=0.0.4' : 'application/json', connection: 'close' });
    response.end(isText ? body : `${JSON.stringify(body)}\n`);
  };
}

// One line for each error: what happened, and the function in which it did.
function where(error) {
  return error.stack.split('\n', 2).map((line) => line.trim().replace(/\(.*\//, '(')).join(' ');
}

async function route({ orders, metrics, state }, request, pathname, searchParams) {
  const id = /^\/orders\/(\d+)$/.exec(pathname)?.[1];
  switch (`${request.method} ${id ? '/orders/:id' : pathname}`) {
    case 'GET /health':
      return [200, { status: 'ok', orders: orders.count() }];
    case 'GET /version':
      return [200, state()];
    case 'GET /metrics':
      return [200, metrics.text({ ...state(), stored: orders.count() })];
    case 'GET /orders':
      return [200, { orders: orders.list(Number(searchParams.get('limit') ?? 20) || 20) }];
    case 'GET /orders/:id': {
      const order = orders.get(Number(id));
      return order ? [200, order] : [404, { error: `There is no order ${id}.` }];
    }
    case 'POST /orders':
      return [201, orders.add(await jsonBody(request))];
    default:
      return [404, { error: `There is no ${request.method} ${pathname}.` }];
  }
}

async function jsonBody(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > 10_000) throw new BadRequest('The order is too long.');
  }
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new BadRequest('The order must be JSON.');
  }
}
