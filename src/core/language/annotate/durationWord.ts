/** A time as an attribute has it. */
export function durationWord(seconds: number): string {
  if (seconds > 0 && seconds % 3600 === 0) return `${String(seconds / 3600)}h`;
  return seconds > 0 && seconds % 60 === 0 ? `${String(seconds / 60)}m` : `${String(seconds)}s`;
}
