/** Not a host that exists: relative links are recognised by staying on it. */
const NOWHERE = 'https://relative.invalid';

/**
 * Whether a link may be handed to the host: http, https, relative or a place
 * in the page. Judged the way a browser reads it, after its trimming of
 * control characters, so that `java\nscript:` does not pass as relative.
 */
export function isAllowedLink(href: string): boolean {
  const trimmed = href.trim();
  if (trimmed === '' || /[\u0000-\u001f\u007f\\]/.test(trimmed) || trimmed.startsWith('//')) return false;
  if (/^https?:/i.test(trimmed)) return /^https?:\/\/[^/]/i.test(trimmed) && URL.canParse(trimmed);
  if (!URL.canParse(trimmed, NOWHERE)) return false;
  const url = new URL(trimmed, NOWHERE);
  return url.origin === NOWHERE;
}

/** Whether a picture may be loaded: from https, or carried in the page in a format that cannot hold script. */
export function isAllowedImage(source: string): boolean {
  const trimmed = source.trim();
  return (/^https:\/\/[^/]/i.test(trimmed) && URL.canParse(trimmed)) || /^data:image\/(?:png|gif|jpeg|webp);base64,[a-z0-9+/=\s]*$/i.test(trimmed);
}

/**
 * Takes every click on a link away from the page and from whatever else
 * listens, and reports it. The panel itself never navigates.
 */
export function interceptLinks(page: Window, report: (href: string) => void): void {
  const handler = (event: Event): void => {
    const link = event.composedPath().find((node): node is Element => node instanceof Element && (node.localName === 'a' || node.localName === 'area'));
    if (!link) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const href = link.getAttribute('href');
    if (event.type !== 'dragstart' && href !== null && isAllowedLink(href)) report(href);
  };
  for (const type of ['click', 'auxclick', 'dragstart']) page.addEventListener(type, handler, { capture: true });
}
