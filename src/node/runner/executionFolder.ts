import { createHash, randomBytes } from 'node:crypto';
import { chmod, copyFile, lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as errors from '../../core/userErrors.ts';
import { CAPTURE } from './captured.ts';
import type { BlockShell } from './executionState.ts';
import { readSmallFile } from './privateFile.ts';

/** What is to be run, for the runner. */
export interface ExecutionSpec {
  readonly runId: string;
  readonly executionId: string;
  readonly shell: BlockShell;
  /** For `program`: a name that is looked up where the block runs, or a real path, and the arguments before the block's file. */
  readonly program?: readonly string[];
  /** Standard output is kept apart, see captured.ts. */
  readonly captures?: boolean;
  /** The bytes that are run as they are. CRLF has to be made LF before, and before hashing. */
  readonly block: Uint8Array;
  /** SHA-256 of `block` as it was approved; 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Null: no limit. Whole seconds, 1 to 99999999. */
  readonly timeoutSeconds: number | null;
  /** Real path (no symbolic links) of the directory to run in; null: where the run stands. */
  readonly cwd: string | null;
  /** Variables of this block only, not carried on: name to value. */
  readonly variables: Readonly<Record<string, string>>;
  /** More of them, which are taken off the disk before the block begins. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Name (`[a-z0-9]+`) under which its environment is kept apart from that of the run; null or left out: the run's. */
  readonly carry?: string | null;
  /** Whether the environment that is kept apart begins as a copy of the run's. */
  readonly carryAnew?: boolean;
  /** Printed above the block; control characters are made visible. */
  readonly heading: string;
}

/** A folder in which one execution happens, once. */
export interface ExecutionFolder {
  readonly path: string;
  readonly nonce: string;
}

/** Where the runner finds the secrets: a file for each. */
const SECRETS = 'secret';

/** Files of the runner that a block of this shell needs: name in the folder to name in `media/runner`. */
function runnerFiles(shell: BlockShell, platform: NodeJS.Platform): Readonly<Record<string, string>> {
  if (platform === 'win32') {
    const wrapName = shell === 'cmd' ? 'wrap.cmd' : 'wrap.ps1';
    return { 'run.ps1': 'runner.ps1', 'keep.ps1': 'keep.ps1', [wrapName]: wrapName };
  }
  // A program is given the block itself, and leaves no environment.
  if (shell === 'program') return { run: 'runner.sh' };
  const wrap: Record<string, string> = shell === 'pwsh' ? { 'wrap.ps1': 'wrap.ps1' } : { wrap: `wrap.${shell}` };
  return { run: 'runner.sh', keep: 'keep.sh', ...wrap };
}

function assertId(id: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) {
    throw new TypeError(`not an id that can be a folder's name: ${JSON.stringify(id)}`);
  }
}

/**
 * The end of an id, which is its random part: enough to tell folders apart, and
 * the line that a person sees typed into the terminal stays short.
 */
function folderName(id: string): string {
  assertId(id);
  return id.slice(-12);
}

/** Where a run's folder is. Throws TypeError for an id that is no plain name. */
export function runPath(root: string, runId: string): string {
  return join(root, folderName(runId));
}

/** Where an execution's folder is. Throws TypeError for ids that are no plain names. */
export function executionPath(root: string, runId: string, executionId: string): string {
  if (executionId === 'carry') {
    throw new TypeError('"carry" is taken');
  }
  return join(runPath(root, runId), folderName(executionId));
}

async function privateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  // An older one, or a parent made under another umask.
  await chmod(path, 0o700);
}

/**
 * Makes the folder `<root>/<runId>/<executionId>` ready for the typed line.
 *
 * `root`: a private folder (see privateRoot.ts). `media`: the shipped folder
 * `media/runner`. Throws UserError for a block that is not what was approved or
 * that holds NUL bytes, a variable that no shell can hold, a folder that exists;
 * passes errors of the file system on.
 */
export async function createExecutionFolder(
  root: string,
  media: string,
  spec: ExecutionSpec,
  platform: NodeJS.Platform = process.platform,
): Promise<ExecutionFolder> {
  const path = executionPath(root, spec.runId, spec.executionId);
  if (createHash('sha256').update(spec.block).digest('hex') !== spec.sha256) {
    throw errors.blockChanged();
  }
  if (spec.block.includes(0)) {
    // Shells drop them in silence: other bytes would run than were approved.
    throw errors.nulInBlock();
  }
  if (spec.shell === 'cmd' && platform !== 'win32') {
    throw errors.windowsOnly();
  }
  const timeout = spec.timeoutSeconds;
  if (timeout !== null && !(Number.isInteger(timeout) && timeout >= 1 && timeout <= 99_999_999)) {
    throw new TypeError('timeoutSeconds must be a whole number from 1 to 99999999');
  }
  const secrets = spec.secrets ?? {};
  for (const [name, value] of [...Object.entries(spec.variables), ...Object.entries(secrets)]) {
    assertVariable(name, value);
  }
  const program = spec.program ?? [];
  if ((spec.shell === 'program') !== program.length > 0 || program.some((word) => /[\0\n]/.test(word))) {
    throw new TypeError('a program has one word or more, each on one line, and belongs to the shell "program"');
  }
  const nonce = randomBytes(16).toString('hex');
  await privateDirectory(runPath(root, spec.runId));
  await privateDirectory(join(runPath(root, spec.runId), 'carry'));
  await mkdir(path, { mode: 0o700 });
  const carry = spec.carry ?? null;
  if (carry !== null) {
    await prepareCarry(runPath(root, spec.runId), carry, spec.carryAnew ?? true);
  }
  const write = (name: string, data: string | Uint8Array): Promise<void> =>
    writeFile(join(path, name), data, { mode: 0o600, flag: 'wx' });
  for (const [name, source] of Object.entries(runnerFiles(spec.shell, platform))) {
    await copyFile(join(media, source), join(path, name));
    await chmod(join(path, name), 0o600);
  }
  await write('block', spec.block);
  await write('echo', `${spec.heading.replaceAll('\n', ' ')}\n`);
  if (spec.cwd !== null) {
    await write('cwd', spec.cwd);
  }
  if (program.length > 0) {
    await write('program', `${program.join('\n')}\n`);
  }
  if (spec.captures === true) {
    await write(CAPTURE, '');
  }
  if (carry !== null) {
    await write('carry', `carry-${carry}\n`);
  }
  await mkdir(join(path, 'env'), { mode: 0o700 });
  for (const [name, value] of Object.entries(spec.variables)) {
    await write(join('env', name), value);
  }
  await write('params', `version=1\nnonce=${nonce}\nshell=${spec.shell}\ntimeout=${timeout ?? ''}\n`);
  // Last of all: nothing may fail after them but themselves.
  try {
    await mkdir(join(path, SECRETS), { mode: 0o700 });
    for (const [name, value] of Object.entries(secrets)) {
      await write(join(SECRETS, name), value);
    }
  } catch (error) {
    await removeSecrets({ path, nonce });
    throw error;
  }
  return { path, nonce };
}

/** A folder for an environment of its own; anew: with what the run has carried until now. */
async function prepareCarry(run: string, name: string, anew: boolean): Promise<void> {
  if (!/^[a-z0-9]{1,32}$/.test(name)) {
    throw new TypeError(`not a name of an environment: ${JSON.stringify(name)}`);
  }
  const own = join(run, `carry-${name}`);
  await privateDirectory(own);
  if (!anew) {
    return;
  }
  for (const file of ['state', 'state.json']) {
    await rm(join(own, file), { force: true });
    await copyFile(join(run, 'carry', file), join(own, file)).catch((error: NodeJS.ErrnoException) => {
      // Nothing has been carried yet.
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

/**
 * Takes the secrets of an execution off the disk, for when its runner never came
 * to do it (it was not started, or was killed before it could). Never rejects.
 */
export async function removeSecrets(folder: ExecutionFolder): Promise<void> {
  await rm(join(folder.path, SECRETS), { recursive: true, force: true }).catch(() => undefined);
}

function assertVariable(name: string, value: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,200}$/.test(name) || /^(__)?gr_/.test(name)) {
    throw errors.badVariableName(name);
  }
  // One string of the environment may have 128 KiB on Linux.
  if (value.includes('\0') || Buffer.byteLength(value) > 120_000) {
    throw errors.badVariableValue(name);
  }
}

/**
 * Finds the folder of an earlier execution again, by this process or another.
 * Null when it is gone or is not one of ours.
 */
export async function openExecutionFolder(root: string, runId: string, executionId: string): Promise<ExecutionFolder | null> {
  const path = executionPath(root, runId, executionId);
  try {
    const stat = await lstat(path);
    const uid = process.getuid?.();
    if (!stat.isDirectory() || (uid !== undefined && stat.uid !== uid)) {
      return null;
    }
  } catch {
    return null;
  }
  const params = await readSmallFile(join(path, 'params'));
  const nonce = params && /^nonce=([0-9a-f]{32})$/m.exec(params.text)?.[1];
  return nonce ? { path, nonce } : null;
}

/** Removes everything of a run: blocks, results and the carried environment. */
export async function removeRunFolder(root: string, runId: string): Promise<void> {
  assertId(runId);
  await rm(runPath(root, runId), { recursive: true, force: true });
}
