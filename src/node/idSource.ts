import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { IdSource } from '../session/ports.ts';

/** Crockford's base 32: no I, L, O and U. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ids that nobody else makes; run ids (ULID) sort by the time of their making, also within a millisecond. */
export class SystemIds implements IdSource {
  readonly #now: () => number;
  #lastTime = -1;
  #lastRandom = 0n;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  runId(): string {
    const time = Math.max(this.#now(), this.#lastTime);
    // A clock that stands or goes back does not: the number goes up instead.
    this.#lastRandom = time === this.#lastTime ? this.#lastRandom + 1n : BigInt(`0x${randomBytes(10).toString('hex')}`) >> 1n;
    this.#lastTime = time;
    return digits(BigInt(time), 10) + digits(this.#lastRandom, 16);
  }

  id(): string {
    return randomUUID();
  }

  sha256(text: string): string {
    return createHash('sha256').update(text, 'utf8').digest('hex');
  }
}

function digits(value: bigint, count: number): string {
  let text = '';
  for (let left = value, place = 0; place < count; place += 1, left >>= 5n) text = DIGITS.charAt(Number(left & 31n)) + text;
  return text;
}
