import { describe, expect, it } from 'vitest';
import { levelHashes, type Rehearsal, rehearsalOf } from '../../../src/core/rollback/rehearsals.ts';
import { PRODUCTION_NAME } from '../../../src/core/runbook/vocabulary.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const sha256 = (text: string): string => `#${text}`;
const TEXT = '# A\n\n- [ ] It\n\n## Rollback\n\n### Level 1: Off\n\n```sh\noff\n```\n\n### Level 2: Nothing to run\n\nCall Ada.\n';
const hashes = (text: string): ReturnType<typeof levelHashes> => levelHashes(parseRunbook(text), text, sha256);
const now = hashes(TEXT);
const past = (of: ReturnType<typeof levelHashes>, at: string, ran = 1): Rehearsal => ({ level: 1, levelSha256: of.levels.get(1) ?? '', textSha256: of.textSha256, environment: 'staging', at, ran, of: 1 });

describe('the rehearsal that speaks of a level', () => {
  it('is fresh for the same text, edited when only other parts changed, stale when its commands did', () => {
    expect([...now.levels.keys()]).toEqual([1]);
    const one = past(now, '2026-01-01T00:00:00.000Z');
    expect(rehearsalOf(1, [one], now)).toEqual({ rehearsal: one, freshness: 'fresh' });
    expect(rehearsalOf(1, [one], hashes(TEXT.replace('It', 'That')))?.freshness).toBe('edited');
    expect(rehearsalOf(1, [one], hashes(TEXT.replace('\noff', '\noff --now')))?.freshness).toBe('stale');
    expect(rehearsalOf(2, [one], now)).toBeNull();
  });

  it('is the latest, but one that ran before one that was read, and any before a stale one', () => {
    const early = past(now, '2026-01-01T00:00:00.000Z');
    const read = past(now, '2026-02-01T00:00:00.000Z', 0);
    const stale = past(hashes(TEXT.replace('\noff', '\non')), '2026-03-01T00:00:00.000Z');
    expect(rehearsalOf(1, [stale, read, early], now)?.rehearsal).toBe(early);
    expect(rehearsalOf(1, [stale, read], now)?.rehearsal).toBe(read);
    expect(rehearsalOf(1, [past(now, '2026-01-02T00:00:00.000Z'), early], now)?.rehearsal.at).toBe('2026-01-02T00:00:00.000Z');
  });

  it('is none that was recorded with a time that cannot be read, while there is another', () => {
    const early = past(now, '2026-01-01T00:00:00.000Z');
    expect(rehearsalOf(1, [past(now, 'some time'), early], now)?.rehearsal).toBe(early);
  });
});

it.each(['production', 'Production', 'PROD', 'live-eu', 'liveEU', 'euProd', 'eu_prd', 'prod1'])('%s is called like production', (name) => expect(PRODUCTION_NAME.test(name)).toBe(true));
it.each(['staging', 'preprod', 'delivery', 'products', 'alive', 'test'])('%s is not', (name) => expect(PRODUCTION_NAME.test(name)).toBe(false));
