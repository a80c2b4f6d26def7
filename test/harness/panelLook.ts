import type { FrameLocator } from 'playwright-core';

/** A question that is open: its words and what has to be filled in. */
export interface ShownQuestion {
  readonly title: string;
  readonly text: string;
  /** Of the same form once it is asked again, with what is wrong: other words, and another question. */
  readonly inputs: readonly { readonly name: string; readonly kind: 'text' | 'choice' | 'acknowledge'; readonly value: string }[];
  readonly errors: readonly string[];
}

/** What the panel shows of a run, as far as a person goes by it. */
export interface Look {
  readonly question: ShownQuestion | null;
  /** The button for what is to be done next, by the id of its action, and why it cannot be pressed. */
  readonly primary: { readonly id: string; readonly because: string | null } | null;
  /** Ids of steps by what they are. */
  readonly next: string | null;
  readonly failed: readonly string[];
  readonly isEnded: boolean;
  /** A rollback's sheet is open. */
  readonly isRollingBack: boolean;
  /** What changes when anything of the run does; without clocks that tick. */
  readonly fingerprint: string;
}

/** Looks at the panel once. Throws while it is being loaded. */
export function lookAt(frame: FrameLocator): Promise<Look> {
  return frame.locator('body').evaluate((body): Look => {
    const all = (selector: string, within: Element = body): Element[] => [...within.querySelectorAll(selector)];
    const words = (element: Element | null | undefined): string => (element?.textContent ?? '').trim().replaceAll(/\s+/g, ' ');
    const idOf = (element: Element): string => element.closest('[data-key]')?.getAttribute('data-key')?.replace(/^step:/, '') ?? '';
    const kindOf = (element: Element): 'text' | 'choice' | 'acknowledge' =>
      element.localName === 'select' ? 'choice' : element.localName === 'vscode-checkbox' ? 'acknowledge' : 'text';
    const valueOf = (element: Element): string => ('value' in element ? String(element.value) : '');

    const dialog = body.querySelector('dialog.prompt[open]');
    const question = dialog && {
      title: words(dialog.querySelector('h2')),
      text: words(dialog.querySelector('.prompt-text')),
      inputs: all('[data-input]', dialog).map((element) => ({ name: element.getAttribute('data-input') ?? '', kind: kindOf(element), value: valueOf(element) })),
      errors: all('.error', dialog).map(words),
    };
    const button = body.querySelector('.header-actions > [data-button]');
    const name = button?.getAttribute('aria-label') ?? '';
    const because = button?.getAttribute('aria-disabled') === 'true' ? (name.split('not available: ')[1] ?? name) : null;
    const primary = button && { id: button.getAttribute('data-button') ?? '', because };
    const steps = all('.block .step');
    const next = steps.find((step) => / next$/.test(step.getAttribute('aria-label') ?? ''));
    // What is tried again by itself has not failed yet; it can be stopped meanwhile.
    const isRepeated = (step: Element): boolean => {
      const [, number, of] = /attempt (\d+) of (\d+)/.exec(words(step)) ?? [];
      return step.querySelector('[data-button=stop]') !== null || Number(number) < Number(of);
    };
    const failed = steps.filter((step) => step.matches('.status-failed, .status-unknown') && !isRepeated(step));
    const isEnded = all('.meta .mode').some((mode) => words(mode) === 'ended');
    const isRollingBack = body.querySelector('.sheet.rollback .phase') !== null;
    const states = steps.map((step) => `${idOf(step)} ${step.getAttribute('aria-label') ?? ''} ${words(step.querySelector('.message'))}`);
    const fingerprint = JSON.stringify([question?.title, question?.errors, primary, body.querySelector('[role=progressbar]')?.getAttribute('aria-valuetext'), isEnded, isRollingBack, states]);
    return { question, primary, next: next === undefined ? null : idOf(next), failed: failed.map(idOf), isEnded, isRollingBack, fingerprint };
  });
}
