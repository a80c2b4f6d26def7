import { parseArgs } from 'node:util';

export const SECTION_NAMES = ['size', 'parse', 'record', 'activation', 'paint', 'start', 'writing'] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** How a run of the figures was asked for. */
export interface BenchOptions {
  /** Fewer rounds. */
  readonly quick: boolean;
  /** JSON instead of tables. */
  readonly json: boolean;
  readonly only: readonly SectionName[];
}

export const USAGE = `npm run bench -- [--quick] [--json] [--only NAME]…
  --quick      fewer rounds
  --json       one JSON document instead of tables
  --only NAME  one section, can be given again: ${SECTION_NAMES.join(', ')}`;

/** @throws Error with the usage for arguments that are not understood */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: [] } },
  });
  const asked = values.only.flatMap((names) => names.split(','));
  const unknown = asked.filter((name) => !SECTION_NAMES.some((known) => known === name));
  if (unknown.length > 0) throw new Error(`There is no section ${unknown.join(', ')}.\n${USAGE}`);
  const only = asked.length === 0 ? SECTION_NAMES : SECTION_NAMES.filter((name) => asked.includes(name));
  return { quick: values.quick, json: values.json, only };
}
