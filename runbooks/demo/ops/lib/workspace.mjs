// The laid-out folder: where things are, what .env says, and how a command ends.

import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

export const inWorkspace = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const paths = {
  root: inWorkspace('.'),
  server: inWorkspace('service/server.mjs'),
  database: inWorkspace('var/orders.db'),
  env: inWorkspace('.env'),
  pid: inWorkspace('var/service.pid'),
  log: inWorkspace('var/service.log'),
  backups: inWorkspace('var/backups'),
  replaced: inWorkspace('var/replaced'),
};

export const say = (line) => console.log(line);

/** What went wrong and what to do about it, for the person: printed without a stack. */
export class Problem extends Error {}

/** Runs a command's body. A `Problem` ends it with its message and exit code 1. */
export async function main(body) {
  try {
    process.exitCode = (await body(process.argv.slice(2))) ?? 0;
  } catch (error) {
    const command = basename(process.argv[1], '.mjs');
    console.error(`ops/${command}: ${error instanceof Problem ? error.message : error.stack}`);
    process.exitCode = 1;
  }
}

export function settings() {
  return parseEnv(readFileSync(paths.env, 'utf8'));
}

export function serviceUrl() {
  return `http://127.0.0.1:${settings().PORT}`;
}

/** Sets one line of .env and leaves the others as they are. A reader sees the old file or the new one. */
export function setSetting(name, value) {
  const others = readFileSync(paths.env, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith(`${name}=`));
  writeFileSync(`${paths.env}.new`, `${[...others, `${name}=${value}`].join('\n')}\n`, { mode: 0o600 });
  renameSync(`${paths.env}.new`, paths.env);
}

/** The release in the work tree, by its own word: what the next start will run. */
export function checkedOutRelease() {
  return `v${JSON.parse(readFileSync(inWorkspace('service/package.json'), 'utf8')).version}`;
}

/** @throws Problem with git's own words. */
export function git(...args) {
  try {
    return execFileSync('git', args, { cwd: paths.root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).replace(/\n$/, '');
  } catch (error) {
    throw new Problem(`git ${args[0]} failed: ${(error.stderr || error.message).trim()}`);
  }
}

/**
 * Asks until the answer is something, or the time is over.
 * @returns the answer, or undefined after `milliseconds`.
 */
export async function until(milliseconds, ask) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer || Date.now() > deadline) return answer || undefined;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
