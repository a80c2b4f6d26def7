import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Trigger } from './model.ts';
import { parseDuration, statedTime } from './time.ts';
import { COMPARISONS, LEVEL } from './vocabulary.ts';

const COMPARISON = /\s*(>=|<=|≥|≤|!=|≠|==|>|<|=|\b(?:exceeds?|above|over|more than|greater than|rises above|goes above|below|under|less than|fewer than|falls below|drops below|at least|at most)\b)\s*/i;
/** A number with a unit; not a range such as `1-5%`. */
const VALUE = /^(\d+(?:[.,]\d+)*)\s*(%(?:\s*per\s+\w+)?|[A-Za-zµ]+(?:\/\w+)?(?:\s+per\s+\w+)?)?/;
const HELD_FOR = /\b(?:for|over|held for|during)\s+(?:more than\s+|at least\s+)?(\d[^,;:)]*)/i;
/** Words that follow a number without being its unit. */
const NO_UNIT = /^(?:for|over|during|in|on|and|or|of|then|per|at|held)$/i;

/**
 * Reads words such as "Error rate > 5% for 5 minutes → level 1".
 * What does not parse keeps its words as the metric and has no number.
 */
export function parseTrigger(words: string, line: number, severity: string | null): Trigger {
  const level = levelIn(words);
  const split = COMPARISON.exec(words);
  const value = split === null ? null : VALUE.exec(words.slice(split.index + split[0].length));
  if (split === null || value === null || split.index === 0) {
    return { metric: words, operator: null, value: null, unit: null, forSeconds: null, severity, action: null, level, line };
  }
  const sign = (split[1] ?? '').trim();
  const operator = COMPARISONS.find(([names]) => names.test(sign))?.[1] ?? null;
  const named = value[2] === undefined || NO_UNIT.test(value[2]) ? null : value[2].trim();
  const rest = words.slice(split.index + split[0].length + (named === null ? (value[1] ?? '').length : value[0].length));
  const held = HELD_FOR.exec(rest);
  const action = rest.replace(HELD_FOR, '').replace(/^[\s,;:)→—–>-]+|[\s(]+$/g, '').trim();
  return {
    metric: words.slice(0, split.index).replace(/[\s:(]+$/, '').trim(),
    operator,
    value: toNumber(value[1] ?? ''),
    unit: named,
    forSeconds: held === null ? null : (statedTime(held[1] ?? '')?.seconds ?? null),
    severity,
    action: action === '' ? null : action,
    level,
    line,
  };
}

/** `1,000` is a thousand; `0,5` is a half. */
function toNumber(text: string): number {
  return Number(/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replace(/,/g, '') : text.replace(',', '.'));
}

/** What is advised stands last: "Level 1 does not help → Level 2". */
function levelIn(words: string): number | null {
  const match = words.split(/[:→]/).map((part) => LEVEL.exec(part)).findLast((found) => found !== null);
  return match === undefined ? null : Number(match?.[1]);
}

/** @returns true when a YAML fence could hold alert rules; cheap, so that other YAML costs nothing */
export function looksLikeAlerts(yaml: string): boolean {
  return /^\s*(?:-\s*(?:alert|name)\s*:|alerts\s*:)/m.test(yaml) && /^\s*-?\s*(?:expr|condition)\s*:/m.test(yaml);
}

/**
 * Reads alert rules in YAML: `alerts: - name/condition/duration/action`, or
 * Prometheus' `- alert/expr/for/severity`, also under `groups` and `rules`.
 * @param yaml the fence's content
 * @param firstLine line of its first line in the document
 * @returns the triggers, and whether the YAML parsed
 */
export function parseAlerts(yaml: string, firstLine: number): { readonly triggers: readonly Trigger[]; readonly error: { readonly message: string; readonly line: number } | null } {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false, logLevel: 'silent' });
  const lineAt = (offset: number): number => firstLine + counter.linePos(offset).line - 1;
  const broken = document.errors[0];
  if (broken !== undefined) return { triggers: [], error: { message: broken.message, line: lineAt(broken.pos[0]) } };
  const triggers: Trigger[] = [];
  collectRules(document.contents, lineAt, triggers, 0);
  return { triggers, error: null };
}

function collectRules(node: unknown, lineAt: (offset: number) => number, into: Trigger[], depth: number): void {
  if (depth > 6) return;
  if (isSeq(node)) {
    for (const item of node.items) collectRules(item, lineAt, into, depth + 1);
  } else if (isMap(node)) {
    const text = (...keys: readonly string[]): string | null => {
      for (const key of keys) {
        const value = node.get(key, true);
        if (isScalar(value) && value.value !== null) return String(value.value);
      }
      return null;
    };
    const condition = text('condition', 'expr');
    if (condition === null) {
      for (const pair of node.items) collectRules(pair.value, lineAt, into, depth + 1);
      return;
    }
    const parsed = parseTrigger(condition, lineAt(node.range?.[0] ?? 0), null);
    const labels = node.get('labels', true);
    const held = text('duration', 'for');
    const action = text('action');
    into.push({
      ...parsed,
      forSeconds: held === null ? parsed.forSeconds : parseDuration(held),
      severity: text('severity') ?? (isMap(labels) ? stringOf(labels.get('severity')) : null),
      action: action ?? text('alert', 'name'),
      level: action === null ? parsed.level : levelIn(action),
    });
  }
}

function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
