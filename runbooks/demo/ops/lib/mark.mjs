import { Problem, environment, git, main, say } from './workspace.mjs';

await main(() => {
  const run = process.env.GUIDED_RUNBOOKS_RUN;
  if (!run) throw new Problem('GUIDED_RUNBOOKS_RUN is not set: without the id of a run the tag has no name. Nothing was tagged.');
  const name = `deployed/${environment}/${run}`;
  const commit = git('log', '-1', '--format=%H', '--', 'service');
  if (git('tag', '--list', name) === '') git('-c', 'tag.gpgSign=false', 'tag', name, commit);
  say(`${name} is ${git('rev-parse', '--short', `${name}^{commit}`)}.`);
});
