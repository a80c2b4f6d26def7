import type { Trigger } from '../runbook/model.ts';
import { capitalized, limitWords } from './words.ts';

/** `Error rate > 5 % for 5 min`. */
export function triggerWords({ metric, operator, value, unit, forSeconds }: Trigger): string {
  const name = metric.replaceAll('_', ' ');
  const words = capitalized(name);
  if (operator === null || value === null) return words;
  const amount = unit === null ? String(value) : `${value} ${unit}`;
  return `${words} ${operator} ${amount}${forSeconds === null ? '' : ` for ${limitWords(forSeconds)}`}`;
}
