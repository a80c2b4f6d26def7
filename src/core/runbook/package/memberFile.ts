/**
 * The file that an entry of `package:` names, as records have it.
 *
 * @param file path of the runbook that names it, relative to its workspace folder, with `/`
 * @param path of the entry, in its plain form
 * @returns the path relative to the same folder; null when it leads out of it
 */
export function memberFile(file: string, path: string): string | null {
  const parts = file.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
