import { about } from '../about.ts';
import { nearest } from '../nearest.ts';
import type { Entry, YamlReading } from './yamlReading.ts';

/**
 * Reports keys that mean nothing here. They are errors, not remarks: who writes
 * `confrim` believes that a confirmation is asked for.
 */
export function reportUnknownKeys(yaml: YamlReading, entries: readonly Entry[], known: ReadonlyMap<string, unknown>, of: string): void {
  for (const { key, line } of entries) {
    if (known.has(key)) continue;
    const near = nearest(key, known.keys());
    const hint = near === null ? `Known are ${[...known.keys()].join(', ')}.` : `Did you mean "${near}"?`;
    yaml.report({ severity: 'error', code: 'unknown-key', message: `${of} has no key "${key}". ${hint}`, line, ...about(key, near) });
  }
}
