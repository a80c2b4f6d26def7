import { html, nothing, type TemplateResult } from 'lit/html.js';
import { tickerText, type TickerKind, tookText } from './time.ts';

/** How far this machine's clock is behind the host's, in milliseconds. */
let hostAhead = 0;

/** Takes the host's clock as the right one: the two may run on different machines. */
export function setHostTime(iso: string | undefined): void {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  if (!Number.isNaN(time)) hostAhead = time - Date.now();
}

/**
 * A time that counts.
 * @param since ISO 8601
 * @param until set when it has ended
 * @param limit seconds, or null
 */
export function ticker(kind: TickerKind, since: string, until: string | null, limit: number | null): TemplateResult {
  return html`<span
    class="ticker"
    role="timer"
    data-ticker=${until === null ? kind : nothing}
    data-since=${since}
    data-limit=${limit ?? nothing}
    .textContent=${textNow(kind, since, until, limit)}
  ></span>`;
}

function textNow(kind: TickerKind, since: string, until: string | null, limit: number | null): string {
  const end = until === null ? Date.now() + hostAhead : Date.parse(until);
  const elapsed = (end - Date.parse(since)) / 1000;
  if (Number.isNaN(elapsed)) return '';
  // What is over has nothing left.
  return kind === 'budget' && until !== null ? tookText(Math.max(0, elapsed), limit) : tickerText(kind, Math.max(0, elapsed), limit);
}

/** Starts the one timer of the page. It changes the text of counters and nothing else. */
export function startTicking(): void {
  setInterval(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-ticker]')) {
      const { ticker: kind, since, limit } = element.dataset;
      const seconds = limit === undefined ? null : Number(limit);
      const text = textNow(kind as TickerKind, since ?? '', null, seconds);
      if (element.firstChild instanceof Text) element.firstChild.data = text;
      else element.textContent = text;
      element.classList.toggle('over', kind !== 'run' && kind !== 'soak' && text.startsWith('over'));
    }
  }, 1000);
}
