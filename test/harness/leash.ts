/**
 * Runs a command for as long as the process that started it lives: `node leash.ts COMMAND ARGS…`.
 *
 * Standard input is a pipe from the owner. However the owner ends, even by SIGKILL, the kernel closes
 * that pipe, and the whole tree below this process is ended. Exit handlers in the owner could not promise that.
 */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { descendants, isAlive, signalAll } from './processTree.ts';

/** For the command itself to end when it was asked to, and then for the processes that it leaves behind. */
const GRACE_MS = 5_000;
const STRAGGLERS_MS = 2_000;
const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let ending = false;

async function end(exitCode: number): Promise<void> {
  if (ending) return;
  ending = true;
  const tree = descendants(process.pid);
  if (child.pid !== undefined) signalAll([child.pid], 'SIGTERM');
  await until(() => child.exitCode !== null || child.signalCode !== null, GRACE_MS);
  await until(() => !tree.some(isAlive), STRAGGLERS_MS);
  // Whatever did not go by itself, and whatever was started meanwhile.
  signalAll([...tree.filter(isAlive), ...descendants(process.pid)], 'SIGKILL');
  process.exit(exitCode);
}

async function until(isOver: () => boolean, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!isOver() && Date.now() < deadline) await pause(50);
}

child.on('error', (error) => {
  console.error(`Cannot start ${command}: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code) => void end(code ?? 1));
process.stdin.on('end', () => void end(0)).on('error', () => void end(0)).resume();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0));
