/** Something with a length that is drawn in a row. */
interface Stretch {
  readonly kind: 'command' | 'rollback' | 'mark';
  readonly stepId: string | null;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Which line of its row each bar is drawn on, from 0: those that overlap are
 * drawn below each other. A rollback holds its commands, and marks are small:
 * they stay on the first line.
 *
 * @param bars in the order in which they began
 */
export function tracksOf(bars: readonly Stretch[]): readonly number[] {
  const ends: number[] = [];
  return bars.map(({ kind, stepId, fromMs, toMs }) => {
    if (kind !== 'command' || stepId === null) return 0;
    const free = ends.findIndex((end) => end <= fromMs);
    const track = free < 0 ? ends.length : free;
    ends[track] = toMs;
    return track;
  });
}
