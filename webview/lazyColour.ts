import { drawCode } from './codeElement.ts';
import type { Marks } from './commandText.ts';
import { scopesOf } from './highlight.ts';

const waiting = new WeakMap<Element, () => void>();

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      waiting.get(target)?.();
      waiting.delete(target);
    }
  },
  { rootMargin: '200px' },
);

/** Makes the element of a command: plain at once, coloured when it comes into sight. */
export function colouredCode(text: string, language: string, marks: Marks): HTMLElement {
  const code = document.createElement('code');
  drawCode(code, text, marks);
  waiting.set(code, () => {
    // A selection in it is worth more than its colours.
    if (document.getSelection()?.containsNode(code, true)) return;
    const scopes = scopesOf(text, language);
    if (scopes.length > 0) drawCode(code, text, marks, scopes);
  });
  observer.observe(code);
  return code;
}
