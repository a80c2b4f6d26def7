// Which Node the laid-out folder will use. Its commands must work in any terminal, whatever Node that has or has
// not; so the choice is made here, once, and written into bin/node.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// node:sqlite needs no flag from 22.13 on.
const oldest = [22, 13];
const fromPackages = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));

/** @returns the absolute path of a Node that is new enough. @throws when there is none, saying what to do. */
export function findNode() {
  const found = [process.execPath, fromPackages].find(isNewEnough);
  if (found) return found;
  throw new Error(
    `The demo needs Node ${oldest.join('.')} or newer; this is ${process.version}. ` +
      'Start it with a newer one, or run "npm install" in the project, which brings one along.',
  );
}

function isNewEnough(path) {
  if (!existsSync(path)) return false;
  try {
    const [major, minor] = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).split('.').map(Number);
    return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  } catch {
    return false;
  }
}

/** The text of bin/node. */
export function nodeWrapper(node) {
  return [
    '#!/usr/bin/env bash',
    '# The Node that this folder was laid out with. Not in git: it is this machine\'s own.',
    '# NODE_OPTIONS may hold the debugger of the editor that the terminal belongs to.',
    'unset NODE_OPTIONS',
    `node='${node.replaceAll("'", "'\\''")}'`,
    'if [ ! -x "$node" ]; then',
    '  echo "$node is gone. Write the path of another Node, 22.13 or newer, into bin/node." >&2',
    '  exit 127',
    'fi',
    'exec "$node" --disable-warning=ExperimentalWarning "$@"',
    '',
  ].join('\n');
}
