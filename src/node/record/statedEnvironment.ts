import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parseRunbook } from '../../core/runbook/parse.ts';
import { textFile } from './names.ts';
import { readUpTo } from './readUpTo.ts';

/** A runbook says where it is run in its first lines; so much is read of it, in bytes. */
const HEAD = 8 * 1024;
/** So many texts are remembered: many runs have the same. */
const KEPT = 200;

/** The environment that runbooks name at their top, as the copies in the folders of their runs have it. */
export class StatedEnvironments {
  readonly #known = new Map<string, string | null>();

  /** Null when the text in a run's folder (absolute) names none, or is missing. */
  async of(folder: string): Promise<string | null> {
    const head = await readUpTo(join(folder, textFile()), HEAD).catch(() => null);
    if (head === null) return null;
    const key = createHash('sha256').update(head.bytes).digest('base64');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const stated = environmentIn(head.bytes.toString('utf8'));
    this.#known.set(key, stated);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return stated;
  }
}

function environmentIn(text: string): string | null {
  const found = Object.entries(parseRunbook(text).metadata).find(([key]) => /^environment$/i.test(key.trim()));
  const value = found?.[1].trim() ?? '';
  return value === '' ? null : value;
}
