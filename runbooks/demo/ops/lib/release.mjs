// The code of the release that is checked out in the instance. What it can do is its own to say.

import { pathToFileURL } from 'node:url';
import { inWorkspace } from './workspace.mjs';

const load = (folder, file) => import(pathToFileURL(`${folder}${file}`).href);

/** How a release opens and migrates its database. @param {string} [folder] its service/, with a slash at the end */
export async function release(folder = inWorkspace('service/')) {
  return { ...(await load(folder, 'migrate.mjs')), ...(await load(folder, 'database.mjs')) };
}

/** What the flag may be: on and off, and what else the release knows. */
export async function flagValues() {
  return (await load(inWorkspace('service/'), 'settings.mjs')).flagValues ?? /^(?:on|off)$/;
}
