// var/deployments.jsonl: one JSON object on each line, only ever appended to.

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { send } from './http.mjs';
import { Problem, environment, git, main, say, serviceUrl, shared } from './workspace.mjs';

// One for both instances: production asks what was proven on staging.
const file = join(shared.root, 'var/deployments.jsonl');

await main(async ([command, result]) => {
  if (command === undefined) return print();
  if (command === 'proven') return proven(result);
  if (command !== 'add' || !result) throw new Problem('Say what: ops/deployments, or ops/deployments add "deployed".');
  const run = process.env.GUIDED_RUNBOOKS_RUN;
  if (!run) throw new Problem('GUIDED_RUNBOOKS_RUN is not set: without the id of a run a deployment has no name. Nothing was added.');
  const { json: version } = await send('GET', '/version');
  if (!version) throw new Problem(`Nothing answers at ${serviceUrl()}, so nobody can say what is deployed. Nothing was added.`);
  const entry = { run, environment, result, release: version.release, commit: git('log', '-1', '--format=%H', '--', 'service'), schema: version.schema };
  const known = entries().some((other) => other.run === run && other.result === result && other.commit === entry.commit);
  if (!known) appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
  say(`${known ? 'In the log already' : 'Added to the log'}: ${line(entry)}`);
});

function print() {
  const log = entries().filter((entry) => entry.environment === environment);
  if (log.length === 0) say(`No deployment of ${environment} is logged yet.`);
  for (const entry of log) say(`${entry.at}  ${line(entry)}`);
}

function proven(release) {
  if (environment === 'staging') return say(`Staging is where ${release} is to be proven.`);
  const found = entries().findLast((entry) => entry.environment === 'staging' && entry.result === 'verified' && entry.release === release);
  say(found ? `${release} was verified on staging at ${found.at}, in run ${found.run}.` : `${release} was never verified on staging. Run this there first.`);
  return found ? 0 : 1;
}

function line({ environment: where, result, release, commit, schema, run }) {
  return `${where}  ${result}  ${release}  commit ${commit.slice(0, 7)}  schema ${schema}  run ${run}`;
}

function entries() {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter((text) => text !== '').map((text) => JSON.parse(text));
}
