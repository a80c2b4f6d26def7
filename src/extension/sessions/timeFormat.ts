/**
 * Words for points in time: the time of day in the given locale and the
 * machine's time zone, with the date when it is another day than today.
 *
 * @param locale BCP 47 tag; an unknown one falls back to the system's
 * @param now milliseconds since 1970
 */
export function timeFormat(locale: string, now: () => number): (iso: string) => string {
  const time = format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = format(locale, { day: 'numeric', month: 'short', year: 'numeric' });
  return (iso) => {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return iso;
    const isToday = day.format(date) === day.format(now());
    return isToday ? time.format(date) : `${day.format(date)}, ${time.format(date)}`;
  };
}

/**
 * What a person may type to find a point in time: its day and time of day in
 * the given locale and in figures (`2026-01-05`), `today` and `yesterday`.
 *
 * @param locale BCP 47 tag; an unknown one falls back to the system's
 * @param now milliseconds since 1970
 */
export function dateSearchWords(locale: string, now: () => number): (iso: string) => string {
  const words = format(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const short = format(locale, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (iso) => {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return iso;
    const near = ['today', 'yesterday'][daysBetween(date, new Date(now()))] ?? '';
    return [figures(date), words.format(date), short.format(date), near].join('\n');
  };
}

/** Calendar days of this machine's time zone from one point in time to a later one. */
function daysBetween(from: Date, to: Date): number {
  const day = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (day(to) - day(from)) / 86_400_000;
}

function figures(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, options);
  } catch {
    return new Intl.DateTimeFormat(undefined, options);
  }
}
