/*
 * The toolkit asks once, while it loads, whether the browser knows
 * :focus-visible, with a style element of its own. It gives it the nonce that
 * it finds in this meta element; without one the page's policy refuses it and
 * focus rings would show on every click. Has to be imported before the toolkit.
 */

const meta = document.createElement('meta');
meta.setAttribute('property', 'csp-nonce');
meta.content = document.currentScript?.nonce ?? '';
document.head.append(meta);

/** Takes the nonce out of the page again. */
export function forgetStyleNonce(): void {
  meta.remove();
}
