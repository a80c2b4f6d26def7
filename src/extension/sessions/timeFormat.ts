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

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, options);
  } catch {
    return new Intl.DateTimeFormat(undefined, options);
  }
}
