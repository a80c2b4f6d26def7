// The runbooks beside the demo's own: files of runbooks/, and folders of it that hold some.

import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ending = '.runbook.md';
const source = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {string} wanted names with commas between them, or "all"
 * @returns files and folders of runbooks/. @throws when a name is not there, saying which ones are.
 */
export function furtherRunbooks(wanted) {
  const there = readdirSync(source).filter(isRunbook).sort();
  if (wanted === 'all') return there;
  return wanted.split(',').map((name) => {
    const found = there.find((entry) => entry === name || entry === `${name}${ending}`);
    if (!found) throw new Error(`There is no runbook "${name}". There are: ${there.map((entry) => entry.replace(ending, '')).join(', ')}`);
    return found;
  });
}

export function copyRunbooks(names, folder) {
  for (const name of names) cpSync(join(source, name), join(folder, name), { recursive: true });
}

function isRunbook(name) {
  if (name.endsWith(ending)) return true;
  return name !== 'demo' && statSync(join(source, name)).isDirectory() && readdirSync(join(source, name)).some((file) => file.endsWith(ending));
}
