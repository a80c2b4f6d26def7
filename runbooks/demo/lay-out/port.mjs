import { createServer } from 'node:net';

/**
 * A port of 127.0.0.1 that is free now. Below the range from which systems take ports for outgoing connections,
 * so that it is still free when the service is started later.
 */
export async function freePort() {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error('No free port was found between 20000 and 32000. Choose one: --port 8080');
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
