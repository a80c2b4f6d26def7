// The service's process: is it there, start it, stop it.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { send } from './http.mjs';
import { Problem, paths, serviceUrl, until } from './workspace.mjs';

/** The process id of our running service, or undefined when it is down. */
export function servicePid() {
  const pid = existsSync(paths.pid) ? Number(readFileSync(paths.pid, 'utf8')) : 0;
  return pid > 0 && isOurs(pid) ? pid : undefined;
}

// After a crash the number in the file may belong to any other program by now: look before ending it.
function isOurs(pid) {
  try {
    const line = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return line.includes(paths.server);
  } catch {
    return false;
  }
}

/** @returns one line that says what was done. @throws Problem when it does not answer within ten seconds. */
export async function start() {
  const running = servicePid();
  if (running) {
    const version = await until(3000, () => versionOf(running));
    if (!version) throw new Problem(`The service runs (pid ${running}) but does not answer. Run: ops/restart`);
    return `Already running: ${described(version)}`;
  }
  const log = openSync(paths.log, 'a');
  // A session of its own, no terminal, no inherited settings: closing the terminal must not end the service,
  // and what the terminal exports must not change it.
  const child = spawn(process.execPath, [...process.execArgv, paths.server], {
    cwd: paths.root,
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH },
  });
  let ended = false;
  child.on('exit', () => (ended = true));
  child.on('error', () => (ended = true));
  const answer = await until(10_000, async () => ended || (await versionOf(child.pid)));
  if (answer && answer !== true) {
    child.unref();
    return `Started: ${described(answer)}`;
  }
  if (!ended) child.kill('SIGKILL');
  throw new Problem(`The service did not start. Its log ends with:\n  ${logTail()}`);
}

/** Asks it to stop and, after five seconds, ends it. @returns one line that says what was done. */
export async function stop() {
  const pid = servicePid();
  if (!pid) {
    rmSync(paths.pid, { force: true });
    return 'The service is not running.';
  }
  process.kill(pid, 'SIGTERM');
  const stopped = await until(5000, () => !isOurs(pid));
  if (!stopped) {
    process.kill(pid, 'SIGKILL');
    if (!(await until(5000, () => !isOurs(pid)))) throw new Problem(`Process ${pid} cannot be ended. Look at it: ps -fp ${pid}`);
  }
  rmSync(paths.pid, { force: true });
  return stopped ? `Stopped (pid ${pid}).` : `Killed (pid ${pid}): it did not stop when asked to.`;
}

/** What the running service says of itself; undefined when it is not the process with this id that answers. */
export async function versionOf(pid) {
  const { json } = await send('GET', '/version');
  return json?.pid === pid ? json : undefined;
}

/** The flag of a running service, by its answer to /version. Releases before v2.1.0 only know on and off. */
export function flagOf({ flag, bulkPricing }) {
  return flag ?? (bulkPricing ? 'on' : 'off');
}

function described(version) {
  return `${version.release} at ${serviceUrl()} (pid ${version.pid}), BULK_PRICING is ${flagOf(version)}.`;
}

function logTail() {
  return existsSync(paths.log) ? readFileSync(paths.log, 'utf8').trimEnd().split('\n').slice(-3).join('\n  ') : '(there is no log)';
}
