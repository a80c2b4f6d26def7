import { Problem, checkedOutRelease, git, main, say } from './workspace.mjs';

await main(([wanted]) => {
  const commit = commitOf(wanted);
  if (git('status', '--porcelain', '--', 'service')) {
    throw new Problem('service/ has changes that are in no commit. Commit them or take them away. Nothing was changed.');
  }
  const before = checkedOutRelease();
  git('restore', `--source=${commit}`, '--staged', '--worktree', '--', 'service');
  const after = checkedOutRelease();
  if (git('diff', '--cached', '--name-only', '--', 'service') === '') return say(`service/ is that of ${wanted} already (${after}). Nothing to do.`);
  // Which run did it: a deployment is found again from the history of the code.
  const run = process.env.GUIDED_RUNBOOKS_RUN ?? '';
  const message = [`Deploy ${after}, in place of ${before}`, `Code-Of: ${commit}${run ? `\nRun: ${run}` : ''}`].flatMap((part) => ['-m', part]);
  git('commit', '--quiet', '--no-verify', ...message, '--', 'service');
  say(`service/ is ${after} now, in place of ${before}: commit ${git('rev-parse', '--short', 'HEAD')}. Takes effect with ops/restart.`);
});

function commitOf(wanted) {
  if (!wanted) throw new Problem('Say which release or commit: ops/put v2.1.0. Nothing was changed.');
  // What looks like an option is none.
  const commit = wanted.startsWith('-') ? '' : resolved(`${wanted}^{commit}`);
  if (!commit) throw new Problem(`Git knows no release or commit "${wanted}". Nothing was changed. The releases are: ${git('tag', '--list', 'v*').split('\n').join(', ')}.`);
  if (!resolved(`${commit}:service/server.mjs`)) throw new Problem(`${wanted} holds no service. Nothing was changed.`);
  return commit;
}

function resolved(name) {
  try {
    return git('rev-parse', '--verify', '--quiet', name);
  } catch {
    return '';
  }
}
