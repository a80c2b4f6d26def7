import type { RunSetup } from '../run/setup/setup.ts';

/** What a run was started with, as names and words that are not yet escaped; no rows when nothing was asked. */
export function setupRows(setup: RunSetup | undefined): readonly (readonly [name: string, words: readonly string[]])[] {
  if (setup === undefined) return [];
  const { environment, inputs, secrets, preflight, preflightReason } = setup;
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Environment', environment === null ? [] : [`${environment.name}${environment.confirm === null ? '' : ', confirmed by typing its word'}`]],
    ['Variables', (environment?.variables ?? []).map(assigned)],
    ['Inputs', inputs.map(assigned)],
    ['Secrets', secrets.map((name) => `${name} (not recorded)`)],
    ['Pre-flight', preflight.map(({ result, words }) => `${result}: ${words}`)],
    ['Started although a check failed', preflightReason === null ? [] : [preflightReason]],
  ];
  return rows.filter(([, words]) => words.length > 0);
}

function assigned({ name, value }: { readonly name: string; readonly value: string }): string {
  return `${name} = ${value}`;
}
