import type { Clock } from '../session/ports.ts';

/** Longest delay that a timer takes, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** The machine's clock. Timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      const part = Math.min(left, LONGEST);
      timer = setTimeout(() => (left > part ? wait(left - part) : callback()), Math.max(0, part));
      timer.unref();
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
};
