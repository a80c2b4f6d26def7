import { html, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import { sanitize } from './sanitize.ts';

/** Rendered Markdown of a document. The nodes stay as they are while the HTML stays the same, so that a selection survives. */
export function prose(source: string, tag: 'div' | 'span', className: string): TemplateResult {
  return html`${guard([source], () => {
    const element = document.createElement(tag);
    element.className = className;
    element.append(sanitize(source));
    for (const table of element.querySelectorAll('table')) {
      const frame = document.createElement('div');
      frame.className = 'table';
      // A wide table scrolls by itself; it has to be reachable for that.
      frame.tabIndex = 0;
      frame.setAttribute('role', 'region');
      frame.setAttribute('aria-label', 'Table');
      table.replaceWith(frame);
      frame.append(table);
    }
    return element;
  })}`;
}
