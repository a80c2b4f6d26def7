import type { RunFacts, StatusFact } from '../../src/core/status/runFacts.ts';

/** Facts of a run as its record would give them. */
export function runFactsFor(runId: string, facts: readonly StatusFact[], rest: Partial<Omit<RunFacts, 'runId' | 'facts'>> = {}): RunFacts {
  return { runId, title: `Run ${runId}`, file: 'deploy.md', environment: 'staging', isOpen: false, partOf: null, isDriven: true, isAhead: false, misnamed: 0, checks: null, ...rest, facts };
}

/** A point in time, so many minutes into a day. */
export function minute(minutes: number): string {
  return new Date(Date.UTC(2026, 0, 5, 0, minutes)).toISOString();
}

export function made(name: string, minutes: number, of = 'db'): StatusFact {
  return { kind: 'made', at: minute(minutes), of, name };
}
