import createDOMPurify, { type Config } from 'dompurify';
import { namedDirections } from '../src/core/view/directions.ts';
import { isAllowedImage, isAllowedLink } from './links.ts';

/*
 * The only way for HTML from a document into the page. An allow-list of what
 * Markdown makes: no styles, no ids and names (they clobber), no forms, no
 * frames, no SVG or MathML, no classes that could dress up as our own.
 */

const CONFIG: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: [
    ...['a', 'abbr', 'b', 'blockquote', 'br', 'code', 'dd', 'del', 'details', 'dl', 'dt', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr'],
    ...['i', 'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'q', 's', 'samp', 'small', 'span', 'strong', 'sub', 'summary', 'sup'],
    ...['table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'u', 'ul', 'var'],
  ],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'class', 'colspan', 'rowspan', 'align', 'start', 'width', 'height', 'open', 'lang', 'dir'],
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: false,
  ALLOWED_NAMESPACES: ['http://www.w3.org/1999/xhtml'],
  SANITIZE_DOM: true,
  KEEP_CONTENT: true,
  RETURN_DOM_FRAGMENT: true,
};

const purify = createDOMPurify(window);

purify.addHook('uponSanitizeAttribute', (element, data) => {
  const { attrName, attrValue } = data;
  if (attrName === 'href') data.keepAttr = element.localName === 'a' && isAllowedLink(attrValue);
  if (attrName === 'src') data.keepAttr = element.localName === 'img' && isAllowedImage(attrValue);
  // Only what says in which language a fence is written.
  if (attrName === 'class') data.keepAttr = element.localName === 'code' && /^language-[\w+#.-]{1,32}$/.test(attrValue);
  if (attrName === 'width' || attrName === 'height') data.keepAttr = element.localName === 'img' && /^\d{1,4}$/.test(attrValue);
});

/** Makes what may be shown of a piece of HTML, as nodes: what was checked is what is inserted. */
export function sanitize(html: string): DocumentFragment {
  // Most titles hold no markup; they need no parser.
  if (!/[<&]/.test(html)) return asText(namedDirections(html));
  // Null when the parser made a document without a body of it, as a frameset does.
  const fragment = purify.sanitize(html, CONFIG) as DocumentFragment | null;
  if (fragment === null) return asText(namedDirections(html));
  // Looked for in what the parser has made, since it reads character references.
  const texts = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const named = namedDirections(text.nodeValue ?? '');
    if (named !== text.nodeValue) text.nodeValue = named;
  }
  for (const image of fragment.querySelectorAll('img')) {
    image.loading = 'lazy';
    image.decoding = 'async';
    image.referrerPolicy = 'no-referrer';
  }
  return fragment;
}

function asText(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(text);
  return fragment;
}
