import { send } from './http.mjs';
import { Problem, git, main, say, serviceUrl } from './workspace.mjs';

await main(async ([what]) => {
  // Also right when commits of other things have come since, such as the records of runs.
  if (what === 'commit') return say(git('log', '-1', '--format=%H', '--', 'service'));
  if (what !== 'release' && what !== 'schema') throw new Problem('Say what: ops/deployed release, commit or schema.');
  const { json } = await send('GET', '/version');
  if (!json) throw new Problem(`Nothing answers at ${serviceUrl()}. Run: ops/start`);
  say(json[what]);
});
