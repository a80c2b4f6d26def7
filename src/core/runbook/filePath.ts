const LONGEST = 500;
/** Characters that cannot be seen, that end a path, or that other systems read as something else. */
const BAD = /[\p{C}\u2028\u2029\\:*?"<>|]/u;
/** Folders that no step writes into: git's own, and the records of runs. */
const CLOSED: ReadonlySet<string> = new Set(['.git', '.runbooks']);
/** Files that choose what runs, by themselves or once somebody opens the folder. */
const CHOOSES =
  /(?:^|\/)(?:\.vscode|\.devcontainer|\.idea|\.husky|\.githooks|\.circleci|\.github\/(?:workflows|actions))\/|(?:^|\/)(?:\.envrc|\.env|\.npmrc|\.yarnrc(?:\.yml)?|\.gitattributes|\.gitmodules|\.gitconfig|\.pre-commit-config\.yaml|\.gitlab-ci\.yml|package\.json|makefile|dockerfile|[^/]*\.code-workspace|[^/]*\.runbook\.md)$/i;

/**
 * Reads `file=`: a path inside the workspace folder, with `/` between its parts.
 * @returns the path in its plain form; a sentence about what is wrong with it
 */
export function readFilePath(value: string | true): { readonly path: string } | string {
  const nothing = 'Nothing is written, and the block is not run either.';
  if (value === true || value === '') return `"file" has to name a file, for example file=config/app.yml. ${nothing}`;
  if (isUnusablePath(value)) return `"file" has a path of more than ${String(LONGEST)} characters, or with characters that cannot stand in one everywhere. ${nothing}`;
  const parts = value.split('/').filter((part, place) => part !== '.' || place > 0);
  if (value.startsWith('/') || value.startsWith('~') || parts.length === 0 || parts.some((part) => part === '' || part === '.' || part === '..' || /[. ]$/.test(part))) return `"file" has to be a path inside the workspace, such as config/app.yml; “${value}” is none. ${nothing}`;
  const path = parts.join('/');
  const closed = closedFolder(path);
  return closed === null ? { path } : `“${value}” lies in ${closed}, where no step writes. ${nothing}`;
}

/** Whether a path is too long, or holds characters that cannot stand in one everywhere. */
export function isUnusablePath(value: string): boolean {
  return value.length > LONGEST || BAD.test(value);
}

/** The folder on the way that no step writes into, or null. */
export function closedFolder(path: string): string | null {
  return path.split('/').find((part) => CLOSED.has(part.toLowerCase())) ?? null;
}

/** Whether a file chooses what runs, so that writing it is more than writing a file. */
export function choosesWhatRuns(path: string): boolean {
  return CHOOSES.test(path);
}
