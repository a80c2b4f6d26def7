import { simpleGit, type SimpleGit } from 'simple-git';

/** What git needs of the environment; nothing that changes what it runs. */
const ENVIRONMENT = ['PATH', 'Path', 'HOME', 'USERPROFILE', 'HOMEDRIVE', 'HOMEPATH', 'XDG_CONFIG_HOME', 'GNUPGHOME', 'SystemRoot', 'APPDATA', 'LOCALAPPDATA', 'ProgramData', 'TMPDIR', 'TEMP', 'TMP'];
/** Nothing that a repository can configure is run, and no lock is taken beside the person's own git. */
const SAFE_CONFIG = ['core.fsmonitor=false', 'core.untrackedCache=false', 'submodule.recurse=false', 'log.showSignature=false'];
/** What is missing in a partial clone is not fetched, or git would run what the repository names as transport. */
const SAFE_ENVIRONMENT = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1', GIT_NO_REPLACE_OBJECTS: '1', LC_ALL: 'C' };

/** A git that only answers questions about a directory (absolute), within so many milliseconds from now. */
export function askingGit(base: string, limitMs: number): SimpleGit {
  const env: Record<string, string> = { ...SAFE_ENVIRONMENT };
  for (const key of ENVIRONMENT) {
    const value = process.env[key];
    if (value !== undefined) env[key] = value;
  }
  return simpleGit({
    baseDir: base,
    config: SAFE_CONFIG,
    timeout: { block: limitMs },
    abort: AbortSignal.timeout(limitMs),
    allowEnvironment: Object.keys(SAFE_ENVIRONMENT).filter((key) => key.startsWith('GIT_')),
    // The library refuses the setting whatever its value; ours turns it off.
    unsafe: { allowUnsafeFsMonitor: true },
  }).env(env);
}
