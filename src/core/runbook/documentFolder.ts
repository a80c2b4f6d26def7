import type { CommandOptions } from './model.ts';

/**
 * Options with the folder that the front matter names, for a block that names
 * none itself or whose own folder is counted from there.
 * @param documentCwd `cwd:` of the front matter, from the runbook's own folder
 * @param fromDocument the block's own `cwd` is counted from that folder and not from the workspace
 */
export function withDocumentFolder(options: CommandOptions, documentCwd: string | null, fromDocument: boolean): CommandOptions {
  if (options.file !== undefined) return options;
  if (options.cwd === null) return documentCwd === null ? options : { ...options, cwd: documentCwd, cwdFrom: 'document' };
  if (!fromDocument) return options;
  const isWhole = documentCwd === null || options.cwd.startsWith('/');
  return { ...options, cwd: isWhole ? options.cwd : `${documentCwd}/${options.cwd}`, cwdFrom: 'document' };
}

/**
 * The folder of a block relative to the workspace folder, or null: where the run stands.
 * What leads out of the workspace still does so: whoever runs it refuses that.
 * @param file path of the runbook relative to the workspace folder, with `/`
 */
export function folderOf({ cwd, cwdFrom }: Pick<CommandOptions, 'cwd' | 'cwdFrom'>, file: string): string | null {
  if (cwd === null || cwdFrom === undefined || cwd.startsWith('/')) return cwd;
  const parts: string[] = [];
  for (const part of [...file.split('/').slice(0, -1), ...cwd.split('/')]) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || parts.length === 0 || parts[parts.length - 1] === '..') parts.push(part);
    else parts.pop();
  }
  return parts.length === 0 ? '.' : parts.join('/');
}
