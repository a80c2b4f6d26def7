import type { Runbook, Trigger } from '../../runbook/model.ts';
import { ENVIRONMENT_WORDS, PRODUCTION_NAME } from '../../runbook/vocabulary.ts';
import { durationWord } from './durationWord.ts';

/**
 * Environments, monitors and triggers that the text seems to speak of, as
 * comments for its author: which branch, which command prints a metric, nobody
 * but a person knows, and a monitor without a command would only look like one.
 * @param head the front matter that there is; what it or its comments speak of already is left out
 */
export function suggestions(runbook: Runbook, head: string): readonly { readonly lines: readonly string[]; readonly reason: string }[] {
  const speaksOf = (key: string): boolean => new RegExp(`^#?\\s*${key}\\s*:`, 'm').test(head);
  const names = environmentNames(runbook);
  const environments = speaksOf('environments') || names.length < 2 ? [] : [{ lines: ['# Environments that the text names. Say what each needs, and take the marks away.', '# environments:', ...names.map((name) => `#   ${name}: { ${PRODUCTION_NAME.test(name) ? `branch: "…", clean: true, confirm: ${name}` : 'branch: "…"'} }`)], reason: 'Environments that the text names, as a comment to be completed.' }];
  const triggers = runbook.triggers.filter(({ declared, operator, value }) => declared === undefined && operator !== null && value !== null);
  const metrics = [...new Set(triggers.map(({ metric }) => metricName(metric)))];
  const watched = speaksOf('triggers') || speaksOf('monitors') || metrics.length === 0 ? [] : [{ lines: ['# Triggers that the text states. Each monitor needs a command that prints its number; give it one, and take the marks away.', '# monitors:', ...metrics.map((metric) => `#   ${metric}: { command: "", every: 30s }`), '# triggers:', ...[...new Set(triggers.map(triggerLine))]], reason: 'Triggers that the text states, as a comment: each needs a command that prints its number.' }];
  return [...environments, ...watched];
}

function environmentNames({ sections }: Runbook): readonly string[] {
  return [...new Set(sections.flatMap(({ title }) => Array.from(title.matchAll(ENVIRONMENT_WORDS), ([word]) => word.toLowerCase())))];
}

function metricName(metric: string): string {
  return metric.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'metric';
}

function triggerLine({ metric, operator, value, unit, forSeconds, level }: Trigger): string {
  const more = [forSeconds === null ? null : `for: ${durationWord(forSeconds)}`, level === null ? null : `level: ${String(level)}`].filter((words) => words !== null);
  return `#   - { ${[`when: ${JSON.stringify(`${metricName(metric)} ${operator ?? ''} ${String(value ?? '')}${unit ?? ''}`)}`, ...more].join(', ')} }`;
}
