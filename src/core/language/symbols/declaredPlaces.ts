import { metricKey } from '../../runbook/monitors/model.ts';
import { parseTrigger } from '../../runbook/triggers.ts';
import type { RunbookSource } from '../source.ts';
import { rangeOf } from '../text.ts';
import type { SymbolKind, SymbolPlace } from './model.ts';
import { bareValue } from './quotes.ts';

const DECLARED: Readonly<Record<string, SymbolKind>> = { environments: 'environment', monitors: 'monitor', backups: 'backup' };
const BACKUP_ATTRIBUTES: ReadonlySet<string> = new Set(['backup', 'prune', 'restore']);

/** Where environments, monitors and backups get their names, and where they are named. */
export function declaredPlaces(source: RunbookSource): readonly SymbolPlace[] {
  const { lines, annotations, frontMatter } = source;
  const found: SymbolPlace[] = [];
  const monitors = new Map<string, string>();
  for (const { path, key } of frontMatter?.entries ?? []) {
    const kind = DECLARED[String(path[0])];
    if (kind !== undefined && path.length === 2) {
      found.push({ kind, name: String(path[1]), range: bareValue(lines, key), isDefinition: true, isWritten: true });
      if (kind === 'monitor') monitors.set(metricKey(String(path[1])), String(path[1]));
    } else if (path[0] === 'backups' && path[2] === 'keep' && path.length === 4) {
      found.push({ kind: 'environment', name: String(path[3]), range: bareValue(lines, key), isDefinition: false, isWritten: true });
    }
  }
  for (const { path, text, value } of frontMatter?.entries ?? []) {
    if (path[0] !== 'triggers' || path[2] !== 'when' || text === null || value === null) continue;
    const { metric, operator } = parseTrigger(text.trim(), 1, null);
    const name = operator === null ? undefined : monitors.get(metricKey(metric));
    const bare = bareValue(lines, value);
    const start = lines.textIn(bare).indexOf(metric);
    if (name === undefined || start === -1 || bare.start.line !== bare.end.line) continue;
    const at = bare.start.character + start;
    // A metric may be written with blanks where the monitor has underlines.
    found.push({ kind: 'monitor', name, range: rangeOf(bare.start.line, at, at + metric.length), isDefinition: false, isWritten: true });
  }
  for (const { tokens } of annotations) {
    for (const { token, value } of tokens) {
      if (token.kind === 'attribute' && typeof token.value === 'string' && value !== null && BACKUP_ATTRIBUTES.has(token.name)) found.push({ kind: 'backup', name: token.value, range: value, isDefinition: false, isWritten: true });
    }
  }
  return found;
}
