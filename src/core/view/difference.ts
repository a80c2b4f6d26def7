import type { DiffLine } from '../run/drift/diffLines.ts';
import type { DifferenceView } from './viewModel.ts';
import { counted } from './words.ts';

/** More lines than this are folded at first. */
const LARGE = 30;

/** A difference as the panel shows it. `showsAll`: it is not folded, however long. */
export function differenceView(lines: readonly DiffLine[], showsAll = false): DifferenceView {
  const count = (sign: DiffLine['sign']): number => lines.filter((line) => line.sign === sign).length;
  const words = [
    [count('-'), 'removed'] as const,
    [count('+'), 'added'] as const,
  ].flatMap(([number, what]) => (number === 0 ? [] : [`${counted(number, 'line')} ${what}`]));
  return { lines, words: words.join(', '), isLarge: !showsAll && lines.length > LARGE };
}
