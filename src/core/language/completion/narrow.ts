import type { Completion } from './model.ts';

/** As many as somebody looks at; a thousand take time on their way to the editor. */
const MOST = 300;

/**
 * The first of many that go with what is typed so far, in their order.
 * @returns whether some were left out, so that the editor asks again as more is typed
 */
export function narrow(found: readonly Completion[], typed: string): { readonly found: readonly Completion[]; readonly isPart: boolean } {
  if (found.length <= MOST) return { found, isPart: false };
  const fitting = found.filter(({ label }) => fits(label.toLowerCase(), typed.toLowerCase()));
  return { found: fitting.slice(0, MOST), isPart: true };
}

/** All that is typed stands in it, in that order: as the editor itself compares. */
function fits(label: string, typed: string): boolean {
  let at = 0;
  for (const character of typed) {
    at = label.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
