/** `0:07`, `12:40`, `1:02:03`. Negative becomes zero. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** `45 s`, `12 m 40 s`, `1 h 5 m`, `2 d 3 h`. */
export function spanWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return join(Math.floor(whole / 60), 'm', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  if (minutes < 1440) return join(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
  const hours = Math.round(whole / 3600);
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/**
 * How long something took that has a budget: `took 48 s of 2 min`, `took 3 m of 2 min, over by 1 m`.
 * @param limit seconds, or null
 */
export function tookText(elapsed: number, limit: number | null): string {
  const took = `took ${spanWords(elapsed)}`;
  if (limit === null) return took;
  const budget = limit % 60 === 0 && limit < 3600 && limit > 0 ? `${limit / 60} min` : spanWords(limit);
  return elapsed <= limit ? `${took} of ${budget}` : `${took} of ${budget}, over by ${spanWords(Math.ceil(elapsed - limit))}`;
}

/** How long ago something was: `just now`, `5 min ago`, `3 h ago`, `12 days ago`. */
export function ageWords(seconds: number): string {
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} days ago`;
}

export type TickerKind = 'step' | 'run' | 'budget' | 'soak' | 'age';

/**
 * What a counter says now.
 * @param limit seconds, or null
 */
export function tickerText(kind: TickerKind, elapsed: number, limit: number | null): string {
  switch (kind) {
    case 'step':
      return limit === null ? clockTime(elapsed) : `${clockTime(elapsed)} of ${clockTime(limit)}`;
    case 'run':
      return limit === null ? spanWords(elapsed) : `${spanWords(elapsed)} of about ${spanWords(limit)}`;
    case 'soak':
      // A clock that was set back makes no more of it than there was.
      return limit === null ? '' : elapsed >= limit ? 'over' : `${spanWords(Math.ceil(limit - elapsed))} left`;
    case 'age':
      return ageWords(elapsed);
    case 'budget':
      if (limit === null) return clockTime(elapsed);
      return elapsed <= limit ? `${clockTime(Math.ceil(limit - elapsed))} left of ${clockTime(limit)}` : `over by ${clockTime(elapsed - limit)} (budget ${clockTime(limit)})`;
  }
}
