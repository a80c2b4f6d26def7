/**
 * Runs in every frame of the page before its own scripts (playwright's
 * addInitScript), so it has to be one function that needs nothing else.
 *
 * In the workbench it notes when a key was pressed. In the frame around a
 * webview's document (which the editor writes anew, callbacks and all, while
 * this one stays) it looks into that document at every animation frame: whether
 * it is shown (the editor hides it until it has loaded) and a heading or step
 * is in sight. The first task after that animation frame is the first paint.
 * From then on it looks, a task at a time, whether the document is complete and
 * answers. Times are milliseconds since 1970, on the clock that all frames share.
 */
export function installProbe(): void {
  const now = (): number => performance.timeOrigin + performance.now();
  const times: ProbeTimes = { pressed: 0, painted: 0, interactive: 0 };
  (window as unknown as ProbedWindow).benchTimes = times;
  if (window === window.top) {
    window.addEventListener('keydown', (event) => (times.pressed = performance.timeOrigin + event.timeStamp), { capture: true });
    return;
  }

  const shown = (): Document | null => {
    const frame = document.querySelector<HTMLIFrameElement>('iframe#active-frame');
    if (frame === null || getComputedStyle(frame).visibility === 'hidden') return null;
    const [first] = frame.contentDocument?.querySelectorAll('.block-step, .block-section, h1.code-line, h2.code-line') ?? [];
    if (first === undefined) return null;
    const { top, height } = first.getBoundingClientRect();
    return height > 0 && top < innerHeight ? frame.contentDocument : null;
  };
  const answers = (inner: Document): boolean => {
    if (inner.readyState !== 'complete') return false;
    if (inner.querySelector('.block-step') !== null) {
      const primary = inner.querySelector<HTMLElement>('.header-actions .button.primary');
      if (primary?.shadowRoot == null || primary.getAttribute('aria-disabled') === 'true') return false;
      primary.focus();
      return inner.activeElement === primary;
    }
    const { scrollHeight, clientHeight, scrollTop } = inner.documentElement;
    if (scrollHeight <= clientHeight) return false;
    inner.defaultView?.scrollTo(0, scrollTop + 1);
    return inner.documentElement.scrollTop !== scrollTop;
  };
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    if (times.painted === 0) times.painted = now();
    const inner = shown();
    if (inner !== null && answers(inner)) times.interactive = now();
    else setTimeout(() => channel.port2.postMessage(null), 4);
  };
  const look = (): void => {
    if (shown() === null) requestAnimationFrame(look);
    else channel.port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

/** What the probe has seen in one frame; 0: not yet. */
export interface ProbeTimes {
  pressed: number;
  painted: number;
  interactive: number;
}

/** A window in which the probe runs. */
export interface ProbedWindow extends Window {
  benchTimes: ProbeTimes;
}
