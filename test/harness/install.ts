import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onPath } from './aptPackages.ts';
import { cached } from './cache.ts';
import { Progress, runWithProgress } from './progress.ts';
import { ensureBrowser, ensureCompilers, ensureTestTools } from './systemTools.ts';

const CODE_SERVER_VERSION = '4.139.1';
const NODE_VERSION = '24.21.0';
const PLATFORM = `${process.platform}-${process.arch}`;

/** What it takes to start the editor that is served to a browser. */
export interface ServerTools {
  /** The Node that code-server runs on and was compiled for. */
  readonly node: string;
  /** code-server's main script. */
  readonly codeServer: string;
}

/** What it takes to run the editor tests. */
export interface EditorTools extends ServerTools {
  /** A Chromium's program. */
  readonly chromium: string;
}

/** Everything that the editor tests use, installed where missing. Throws, saying what to do, when something cannot be had. */
export async function ensureEditorTools(progress = new Progress()): Promise<EditorTools> {
  await ensureTestTools(progress);
  const chromium = await ensureBrowser(progress);
  return { ...(await ensureServerTools(progress)), chromium };
}

/** code-server and its Node alone, from the cache or installed into it. Throws, saying what to do, when they cannot be had. */
export async function ensureServerTools(progress = new Progress()): Promise<ServerTools> {
  if (process.platform === 'win32') {
    throw new Error('code-server does not run on Windows. Use the desktop editor: npm run test:desktop.');
  }
  const nodeHome = await ensureNode(progress);
  const node = join(nodeHome, 'bin', 'node');
  const folder = `code-server-${CODE_SERVER_VERSION}-node-${NODE_VERSION}-${PLATFORM}`;
  const server = await cached(folder, progress, async (draft) => {
    await ensureCompilers(progress);
    await npmInstall(draft, `code-server@${CODE_SERVER_VERSION}`, nodeHome, progress);
    await runWithProgress(node, [entryOf(draft), '--version', '--config', join(draft, 'unused.yaml')], {
      progress,
      what: 'Looking whether code-server starts',
    });
  });
  return { node, codeServer: entryOf(server) };
}

/** A Node of its own, headers included, in a folder of its own: a later npm install beside it would prune it. */
async function ensureNode(progress: Progress): Promise<string> {
  const name = `node-${PLATFORM}`;
  const folder = await cached(`node-${NODE_VERSION}-${PLATFORM}`, progress, async (draft) => {
    await npmInstall(draft, `${name}@${NODE_VERSION}`, undefined, progress);
  });
  return join(folder, 'node_modules', name);
}

const entryOf = (folder: string): string => join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');

async function npmInstall(folder: string, what: string, nodeHome: string | undefined, progress: Progress): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const npm = onPath('npm', pathWithoutProject());
  if (npm === undefined) throw new Error(`npm is not on PATH, and ${what} is installed with it. Install Node with npm.`);
  await runWithProgress(npm, ['install', what, '--save-exact', '--no-audit', '--no-fund', '--foreground-scripts'], {
    progress,
    what: `Installing ${what}`,
    note: `once on this machine${nodeHome === undefined ? '' : ', takes some minutes'}`,
    cwd: folder,
    env: installEnvironment(nodeHome),
  });
}

/** npm's own settings for a run of this project must not leak into an install elsewhere; the user's settings must. */
function installEnvironment(nodeHome: string | undefined): NodeJS.ProcessEnv {
  const leaking = /^npm_(package|lifecycle|command|execpath|node_execpath|config_(user_agent|local_prefix|prefix|node_gyp|nodedir|ignore_scripts|omit|production)$)/i;
  const kept = Object.entries(process.env).filter(([name]) => !leaking.test(name) && name !== 'NODE_OPTIONS' && name !== 'NODE_ENV');
  const env: NodeJS.ProcessEnv = { ...Object.fromEntries(kept), PATH: pathWithoutProject() };
  if (nodeHome === undefined) return env;
  return {
    ...env,
    PATH: `${join(nodeHome, 'bin')}:${env['PATH'] ?? ''}`,
    // The headers that belong to that Node; without them node-gyp would download some.
    npm_config_nodedir: nodeHome,
    // The native modules are compiled by install scripts, also two levels down, where no allowScripts
    // list of ours is read. What is installed is fixed by the version and by the package's own shrinkwrap.
    npm_config_dangerously_allow_all_scripts: 'true',
  };
}

/** npm scripts put node_modules/.bin first on PATH, whose node would hide the one that is wanted. */
function pathWithoutProject(): string {
  return (process.env['PATH'] ?? '')
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .join(':');
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) {
  const tools = await ensureEditorTools();
  if (!existsSync(dirname(tools.codeServer))) throw new Error('code-server is not where it was installed.');
  console.log(JSON.stringify(tools, null, 2));
}
