import { environment, git, main, say } from './workspace.mjs';

await main(([release = '']) => {
  const branch = git('branch', '--show-current');
  const changes = git('status', '--porcelain', '--', '.', ':(exclude).runbooks');
  const results = [
    // Staging has a work tree of its own, and takes a release from anywhere.
    ['branch', environment !== 'production' || branch === 'main', branch || 'none, a commit by itself is checked out'],
    ['changes', changes === '', changes === '' ? 'everything is committed' : `not committed: ${changes.split('\n').map((line) => line.slice(3)).join(', ')}`],
    behind(branch),
    ['release', isKnown(release), isKnown(release) ? `${release} is ${git('rev-parse', '--short', `refs/tags/${release}^{commit}`)}` : `there is no tag "${release}"`],
  ];
  for (const [name, good, text] of results) say(`${good ? 'ok  ' : 'FAIL'}  ${name.padEnd(8)} ${text}`);
  return results.every(([, good]) => good) ? 0 : 1;
});

// As of the last fetch: nobody is asked over the network.
function behind(branch) {
  const upstream = branch === '' ? '' : git('for-each-ref', '--format=%(upstream:short)', `refs/heads/${branch}`);
  if (upstream === '') return ['remote', true, 'there is none that this could be behind of'];
  const count = Number(git('rev-list', '--count', `HEAD..${upstream}`));
  return ['remote', count === 0, count === 0 ? `nothing of ${upstream} is missing` : `${count} commits of ${upstream} are missing: git pull --ff-only`];
}

function isKnown(release) {
  return release !== '' && git('tag', '--list').split('\n').includes(release);
}
