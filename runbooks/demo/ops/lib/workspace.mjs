// The laid-out folder: where things are, what .env says, and how a command ends.
//
// There may be two instances: production, which is the folder itself, and staging in var/staging (ops/stage), with
// code, settings and data of its own. ORDERS_ENV says which one a command is about.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

/** Which instance this command is about: production or staging. */
export const environment = process.env.ORDERS_ENV || 'production';

const inFolder = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A path of the instance. */
export const inWorkspace = (path) => inFolder(environment === 'staging' ? `var/staging/${path}` : path);

/** What both instances share: the folder, and production's data. */
export const shared = {
  root: inFolder('.'),
  node: inFolder('bin/node'),
  isolated: inFolder('var/isolated'),
  baseline: inFolder('var/bench.json'),
  production: inFolder('var/orders.db'),
};

export const paths = {
  root: inWorkspace('.'),
  state: inWorkspace('var'),
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
  const command = basename(process.argv[1], '.mjs');
  try {
    checkInstance(command);
    process.exitCode = (await body(process.argv.slice(2))) ?? 0;
  } catch (error) {
    console.error(`ops/${command}: ${error instanceof Problem ? error.message : error.stack}`);
    process.exitCode = 1;
  }
}

function checkInstance(command) {
  if (environment !== 'production' && environment !== 'staging') {
    throw new Problem(`ORDERS_ENV is "${environment}", neither production nor staging. Nothing was changed.`);
  }
  if (environment === 'staging' && command !== 'stage' && !existsSync(paths.env)) {
    throw new Problem('There is no staging instance. Lay it out: ops/stage v2.1.0');
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

/** Runs git in the instance. @throws Problem with git's own words. */
export function git(...args) {
  return gitIn(paths.root, ...args);
}

/** The same in another work tree. */
export function gitIn(folder, ...args) {
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).replace(/\n$/, '');
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
