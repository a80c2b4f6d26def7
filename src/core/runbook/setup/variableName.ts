/** The longest name that the runner takes has 201 characters; nobody reads so long a label. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

/**
 * Names that the shell, the loader or the runner keep for themselves. A value
 * under one of these would change what runs instead of being read by it, or
 * could not be set at all.
 */
const TAKEN = /^(?:IFS|ENV|BASH_ENV|SHELLOPTS|BASHOPTS|BASH_FUNC.*|PWD|OLDPWD|SHLVL|UID|EUID|PPID|GROUPS|FUNCNAME|DIRSTACK|OPTIND|LINENO|RANDOM|SECONDS|PS[0-9]|PROMPT_COMMAND|ZDOTDIR|FPATH|_|(?:__)?gr_.*|RUNBOOK_FIELD_.*|GUIDED_RUNBOOKS_.*)$/i;

/** Names by which programs find other programs and libraries. */
const ACTED_ON = /^(?:PATH|HOME|SHELL|(?:LD|DYLD|GIT)_.*|NODE_OPTIONS|PYTHON(?:PATH|STARTUP|HOME)|PERL5?(?:LIB|OPT|DB)|RUBY(?:LIB|OPT))$/i;

const TAKEN_WORDS = 'is a variable that the shell or other programs act on. Choose another name.';

/** Why a name cannot be that of an environment variable here, as the end of a sentence that begins with it; null when it can. */
export function problemWithName(name: string): string | null {
  return problemWithOwnName(name) ?? (isActedOn(name) ? TAKEN_WORDS : null);
}

/** The same for a variable that a document gives to one of its own blocks, which may as well set what programs act on. */
export function problemWithOwnName(name: string): string | null {
  if (!NAME.test(name)) return 'cannot be the name of an environment variable. Use letters, digits and _, not beginning with a digit.';
  return TAKEN.test(name) ? TAKEN_WORDS : null;
}

/** Whether a variable decides which programs and libraries run, or how. */
export function isActedOn(name: string): boolean {
  return ACTED_ON.test(name);
}
