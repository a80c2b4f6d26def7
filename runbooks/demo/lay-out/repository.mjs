// Makes the git repository of the laid-out folder, the same on every machine.

import { execFileSync } from 'node:child_process';

// Whatever the person has set up for their own work (signing, hooks, templates, line endings, ignored files)
// stays out of it; a surrounding git command's variables too.
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

// These hold for the runbook's own git commands, which do see the person's configuration.
const settings = {
  'user.name': 'Orders demo',
  'user.email': 'demo@localhost',
  'commit.gpgSign': 'false',
  'tag.gpgSign': 'false',
  'core.hooksPath': '.git/no-hooks',
  'core.autocrlf': 'false',
  'advice.detachedHead': 'false',
};

export class Repository {
  #folder;

  constructor(folder) {
    this.#folder = folder;
    this.#git('init', '--quiet', '--template=');
    // Older gits have no `init --initial-branch`.
    this.#git('symbolic-ref', 'HEAD', 'refs/heads/main');
    for (const [name, value] of Object.entries(settings)) this.#git('config', name, value);
  }

  /** Commits everything that is there, on the given day, so that the commit ids are always the same. */
  commit(message, date) {
    this.#git('-c', 'core.excludesFile=/dev/null', 'add', '--all');
    this.#git('-c', `user.useConfigOnly=true`, 'commit', '--quiet', '--no-verify', '--message', message, { date });
  }

  tag(name, message, date) {
    this.#git('tag', '--annotate', '--message', message, name, { date });
  }

  /** Puts branch, index and work tree at a tag. */
  resetTo(tag) {
    this.#git('reset', '--quiet', '--hard', tag);
  }

  #git(...args) {
    const { date } = typeof args.at(-1) === 'object' ? args.pop() : {};
    const dates = date ? { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } : {};
    execFileSync('git', args, { cwd: this.#folder, env: { ...environment, ...dates }, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}
