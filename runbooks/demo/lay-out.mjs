#!/usr/bin/env node
// Lays out the demo: a folder with a running-ready orders service, its git repository and the runbook.
//
//   node runbooks/demo/lay-out.mjs [folder] [--port 8080] [--force] [--with all|NAME,…]
//
// --with lays out the further runbooks, too (phased for runbooks/phased.runbook.md, release for the folder
// runbooks/release), and with them v2.1.0, which they deploy.
//
// The last line it prints is "workspace: /the/folder".

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { emptyFolder } from './lay-out/folder.mjs';
import { findNode, nodeWrapper } from './lay-out/node-path.mjs';
import { freePort } from './lay-out/port.mjs';
import { Repository } from './lay-out/repository.mjs';
import { copyRunbooks, furtherRunbooks } from './lay-out/runbooks.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// What changes in operation stays out of git, so that checking out a release never touches it. The records in
// .runbooks/ are not listed: they are meant to be committed. ops/tree-clean knows about them.
const ignored = ['# State and settings of this machine', 'var/', '.env', '.env.new', 'bin/', '.vscode/', '.DS_Store', ''].join('\n');
const environment = (port) => `# Settings of this machine, read when the service starts.\nPORT=${port}\nBULK_PRICING=off\n`;
// In a copy that is only for the demo, the panel may be the default editor of runbooks.
const editorSettings = { 'workbench.editorAssociations': { '*.runbook.md': 'guidedRunbooks.panel' } };

try {
  await layOut();
} catch (error) {
  console.error(`lay-out: ${error.message}`);
  process.exitCode = 1;
}

async function layOut() {
  if (process.platform === 'win32') throw new Error('The demo needs bash. On Windows, run it inside WSL.');
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { force: { type: 'boolean', default: false }, port: { type: 'string' }, with: { type: 'string' } },
  });
  const node = findNode();
  const port = values.port === undefined ? await freePort() : Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`"${values.port}" is not a port.`);
  const further = values.with === undefined ? undefined : furtherRunbooks(values.with);
  const folder = emptyFolder(positionals[0], values.force);

  writeState(folder, node, port);
  commitReleases(folder, further);
  execFileSync(join(folder, 'bin/node'), [here('lay-out/seed.mjs'), folder], { stdio: 'inherit' });

  console.log(`Laid out orders v1.0.0 on port ${port} of 127.0.0.1; ${further ? 'v2.0.0 and v2.1.0 are' : 'v2.0.0 is'} ready to be deployed.`);
  console.log('Open the folder in the editor, then deploy.runbook.md. Nothing is running yet.');
  if (further?.length) console.log(`Further runbooks: ${further.join(', ')}`);
  console.log(`workspace: ${folder}`);
}

function writeState(folder, node, port) {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/node'), nodeWrapper(node), { mode: 0o755 });
  writeFileSync(join(folder, '.env'), environment(port), { mode: 0o600 });
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, '.vscode/settings.json'), `${JSON.stringify(editorSettings, null, 2)}\n`);
}

// The runbooks and ops/ are the same in all releases: a checkout in the middle of a run changes neither.
function commitReleases(folder, further) {
  writeFileSync(join(folder, '.gitignore'), ignored);
  cpSync(here('deploy.runbook.md'), join(folder, 'deploy.runbook.md'));
  if (further) copyRunbooks(further, folder);
  cpSync(here('ops'), join(folder, 'ops'), { recursive: true });
  // Packing and unpacking may have lost the permission to run.
  for (const name of readdirSync(join(folder, 'ops')).filter((entry) => entry !== 'lib')) chmodSync(join(folder, 'ops', name), 0o755);
  chmodSync(join(folder, 'ops/lib/run'), 0o755);

  const repository = new Repository(folder);
  release(repository, folder, 'v1', 'v1.0.0', 'Orders service 1.0.0', '2025-01-07T10:00:00Z');
  // v2 and v3 list only the files that they change or add.
  release(repository, folder, 'v2', 'v2.0.0', 'Bulk pricing behind a flag, and a column for the price tier', '2025-02-04T10:00:00Z');
  if (further) release(repository, folder, 'v3', 'v2.1.0', 'Bulk pricing by share of the customers, and the orders from before', '2025-03-04T10:00:00Z');
  repository.resetTo('v1.0.0');
}

function release(repository, folder, source, tag, message, date) {
  cpSync(here(`service/${source}`), join(folder, 'service'), { recursive: true });
  repository.commit(message, date);
  repository.tag(tag, message, date);
}
