/** Height of the page that header and dock leave free, as [top, bottom] in pixels. */
export interface Sight {
  readonly top: number;
  readonly bottom: number;
}

/** Tells the style sheet how tall the header and what is docked below are, for sticky parts and scroll padding. */
export function measureFrame(header: HTMLElement, bottom: HTMLElement): () => Sight {
  const update = (): void => {
    const root = document.documentElement.style;
    root.setProperty('--header-height', `${header.offsetHeight}px`);
    root.setProperty('--bottom-height', `${bottom.offsetHeight}px`);
  };
  const observer = new ResizeObserver(update);
  observer.observe(header);
  observer.observe(bottom);
  update();
  return () => {
    update();
    return { top: header.offsetHeight, bottom: window.innerHeight - bottom.offsetHeight };
  };
}

/**
 * Brings an element into the free part of the page, moving as little as
 * possible. Twice, because blocks on the way get their real height only when
 * they come near.
 */
export function bringIntoSight(element: HTMLElement, block: 'nearest' | 'start' | 'center'): void {
  element.scrollIntoView({ block });
  requestAnimationFrame(() => element.scrollIntoView({ block }));
}

/** The first block in sight and where its top is, relative to the header's edge. */
export function anchorOf(parent: HTMLElement, sight: Sight): { readonly key: string; readonly offset: number } | null {
  const left = parent.getBoundingClientRect().left + 40;
  for (let y = sight.top + 4; y < sight.bottom; y += 24) {
    const block = document.elementFromPoint(left, y)?.closest<HTMLElement>('.block');
    const key = block?.dataset['key'];
    if (block && key !== undefined) return { key, offset: block.getBoundingClientRect().top - sight.top };
  }
  return null;
}

/** Puts a block back where it was. */
export function restoreAnchor(element: HTMLElement, offset: number, sight: () => Sight): void {
  const place = (): void => window.scrollBy(0, element.getBoundingClientRect().top - sight().top - offset);
  place();
  requestAnimationFrame(place);
}
