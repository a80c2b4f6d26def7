/**
 * `npm start`: opens the demo runbook in VS Code, with the extension as a user installs it.
 * (Options go after two dashes: `npm start -- --code-server`.)
 *
 *   --folder DIR     lay the demo out in DIR, or open the one that is there already
 *   --code-server    use the editor that is served to a browser even when there is a desktop one
 *   --vsix FILE      use this packaged extension and build none
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { CodeServer } from './harness/codeServer.ts';
import { until } from './harness/deadline.ts';
import { type Demo, layOutDemo, stopDemo } from './harness/demo.ts';
import { openInDesktopCode } from './harness/desktopCode.ts';
import { ensureServerTools } from './harness/install.ts';
import { Progress } from './harness/progress.ts';
import { program } from './harness/program.ts';
import { buildVsix } from './harness/vsix.ts';

const { values } = parseArgs({
  options: { folder: { type: 'string' }, 'code-server': { type: 'boolean', default: false }, vsix: { type: 'string' } },
});
const progress = new Progress((line) => console.log(line));

const NEXT = [
  'The panel shows the demo runbook. What to try:',
  '  1. Start run, then Run next step: the command runs in the terminal below and its exit code is recorded.',
  '  2. Anything that fails stays where it is, with Retry, Skip… and Roll back.',
  '  3. The buttons at the bottom are the rollback levels; each shows its plan before anything runs.',
].join('\n');

/** What the tests set for their own sake is left to the editor here. */
const PERSONAL = {
  'workbench.colorTheme': undefined,
  'workbench.reduceMotion': undefined,
  'terminal.integrated.gpuAcceleration': undefined,
  'terminal.integrated.defaultProfile.linux': undefined,
};

await program(async () => {
  const vsix = values.vsix ?? (progress.say('Building the extension'), await buildVsix());
  progress.say('Laying out the demo');
  const demo = layOutDemo(values.folder);
  if (values['code-server'] || !openInDesktopCode(vsix, demo)) return serve(vsix, demo);
  console.log(`\nVS Code opens ${demo.workspace}. It asks whether you trust this folder: running a step takes a yes.\nIf deploy.runbook.md shows as text, press the button "Open as Panel" at its top right.\n${NEXT}`);
});

async function serve(vsix: string, demo: Demo): Promise<void> {
  const { workspace, runbook } = demo;
  const tools = await ensureServerTools(progress);
  progress.say('Starting the editor');
  const server = await CodeServer.start(tools, { workspace, extensions: [vsix], settings: PERSONAL, env: personalEnvironment() });
  console.log(`\nThe editor is ready. Open this address in a browser on this machine:\n\n  ${server.url()}\n\n${NEXT}\n\nCtrl-C ends the editor.`);
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.abort());
  await openOnceShown(server, runbook, ended.signal);
  if (!ended.signal.aborted) await once(ended.signal, 'abort');
  console.log('\nEnding the editor …');
  await server.dispose();
  // A demo in a folder of the user's choice is theirs to stop, or to come back to.
  if (values.folder === undefined) stopDemo(demo);
  else console.log('If its service is running, ops/stop in the folder ends it.');
  console.log(`The demo and the records of its runs stay in ${workspace}`);
}

/**
 * Opens the runbook as soon as a browser shows the window. In the address it could be named as well, and would
 * open as text: at that moment the editor does not know its extensions yet.
 */
async function openOnceShown(server: CodeServer, runbook: string, ended: AbortSignal): Promise<void> {
  const day = 86_400_000;
  const isShown = (): boolean => ended.aborted || server.log().includes('Launched Extension Host Process');
  await until(isShown, { what: 'a browser to show the editor', timeoutMs: day, everyMs: 300 });
  const open = (): true | Promise<true> => ended.aborted || server.openFile(runbook).then(() => true);
  await until(open, { what: 'the demo to open', everyMs: 500 }).catch((error: Error) => {
    console.log(`The runbook did not open by itself (${error.message}). Click deploy.runbook.md in the explorer.`);
  });
}

/** A person's terminals start as they are used to, without what npm tells its scripts. */
function personalEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE|INIT_CWD$|PATH$|COLOR$)/.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, value ?? '']));
}
