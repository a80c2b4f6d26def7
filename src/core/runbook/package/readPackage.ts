import type { Node } from 'yaml';
import { about } from '../about.ts';
import { isUnusablePath } from '../filePath.ts';
import type { PackageEntry } from '../model.ts';
import type { YamlReading } from '../setup/yamlReading.ts';

/** Most of them: a list that a person can still read at a glance. */
const MOST = 20;

/** Reads `package:`; what is wrong with it is reported, and left out. */
export function readPackage(yaml: YamlReading, node: Node | null, line: number): readonly PackageEntry[] {
  const items = yaml.items(node);
  if (items === null || items.length === 0) {
    yaml.error('"package" has to list the other runbooks that belong with this one, for example [rollback.runbook.md, monitoring.runbook.md].', line, 'package');
    return [];
  }
  if (items.length > MOST) yaml.error(`"package" lists more than ${String(MOST)} runbooks; the rest is not read.`, line, 'package');
  const found = new Map<string, PackageEntry>();
  for (const item of items.slice(0, MOST)) {
    const at = item === null ? line : yaml.lineOf(item);
    const written = yaml.text(item) ?? '';
    const path = plainPath(written);
    const first = path === null ? undefined : found.get(path);
    if (path === null) yaml.error(`"package": “${written.slice(0, 200)}” is no path to another Markdown file, relative to this one, such as rollback.runbook.md or ../shared/verify.md.`, at, written.slice(0, 200));
    else if (first !== undefined) yaml.report({ severity: 'warning', code: 'listed-twice', message: `"package" lists ${path} on line ${String(first.line)} already. Take it out here.`, line: at, ...about(written) });
    else found.set(path, { path, line: at });
  }
  return [...found.values()];
}

/** The path in its plain form, or null. `..` only leads out at its beginning: whether it stays in the workspace is seen where it is opened. */
function plainPath(written: string): string | null {
  if (isUnusablePath(written) || !/\.md$/i.test(written)) return null;
  const parts = written.split('/').filter((part) => part !== '.');
  const up = parts.findIndex((part) => part !== '..');
  const isPlain = parts.slice(up).every((part) => part !== '' && part !== '..' && !part.startsWith('~') && !/[. ]$/.test(part));
  return isPlain ? parts.join('/') : null;
}
