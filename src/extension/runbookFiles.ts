import { languages, RelativePattern, type TextDocument, type Uri, workspace } from 'vscode';
import { helpScheme, keptTextScheme, proposalScheme } from './contributions.ts';
import { readSetting } from './settings.ts';

/** Schemes of texts of ours that are no files. */
const NOT_THEMSELVES: ReadonlySet<string> = new Set([keptTextScheme, proposalScheme, helpScheme]);

/** Globs of files that are runbooks by their name or place. */
export const runbookGlobs = ['**/*.runbook.md', '**/runbooks/**/*.md'] as const;

/** Whether a path says that the file is a runbook: `*.runbook.md`, or Markdown in a folder named `runbooks`. */
export function isRunbookPath(path: string): boolean {
  return /\.runbook\.md$/i.test(path) || (/[/\\]runbooks[/\\]/.test(path) && /\.md$/i.test(path));
}

/**
 * Whether a Markdown document is a runbook: by its path, by the user's globs,
 * or because its front matter has a `runbook:` line. Cheap: it looks at the
 * first lines only, and parses nothing.
 */
export function isRunbookDocument(document: TextDocument): boolean {
  // The kept text of a run and a proposed one are a runbook's, and never to be run; the documentation of a finding is none.
  if (document.languageId !== 'markdown' || NOT_THEMSELVES.has(document.uri.scheme)) return false;
  return isRunbookPath(document.uri.path) || matchesInclude(document) || hasRunbookFrontMatter(document);
}

function matchesInclude(document: TextDocument): boolean {
  const globs = readSetting('include', document.uri);
  if (globs.length === 0) return false;
  const folder = workspace.getWorkspaceFolder(document.uri);
  return globs.some((glob) => languages.match({ pattern: folder === undefined ? glob : new RelativePattern(folder, glob) }, document) > 0);
}

function hasRunbookFrontMatter(document: TextDocument): boolean {
  if (document.lineCount < 3 || document.lineAt(0).text.trimEnd() !== '---') return false;
  for (let line = 1; line < Math.min(document.lineCount, 60); line += 1) {
    const { text } = document.lineAt(line);
    if (/^runbook:/.test(text)) return true;
    if (/^(---|\.\.\.)\s*$/.test(text)) return false;
  }
  return false;
}

/** The workspace's runbook files, sorted by path. */
export async function findRunbooks(): Promise<readonly Uri[]> {
  const found = new Map<string, Uri>();
  for (const folder of workspace.workspaceFolders ?? []) {
    for (const glob of [...runbookGlobs, ...readSetting('include', folder.uri)]) {
      const files = await workspace.findFiles(new RelativePattern(folder, glob), '**/node_modules/**', 1_000);
      for (const file of files) found.set(file.toString(), file);
    }
  }
  return [...found.values()].sort((a, b) => a.path.localeCompare(b.path));
}
