import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hoverAt } from '../../../src/core/language/hover/hover.ts';
import { NOTHING_PAST, type PastFacts } from '../../../src/core/language/hover/pastFacts.ts';
import { readSource } from '../../../src/core/language/source.ts';
import { markdownTexts } from '../../fakes/markdownTexts.ts';

const TEXT = [
  '---', 'inputs: { VERSION: { description: "Release *to* deploy", pattern: "v\\\\d+" }, TOKEN: { secret: true } }', 'environments: { production: { branch: main, clean: true, env: { URL: x } } }', 'monitors: { rate: { command: ops/rate, every: 30s } }', 'triggers: [ { when: "rate > 5", level: 1 } ]', 'backups: { db: { description: Orders } }', '---',
  '# R', '', '## Phase 1: Go (5 min) <!-- {#go} -->', '', '**Do _it_**:', '', '```bash {#do timeout=90s}', 'ops/do "$VERSION"', '```', '', '```bash {undo=do}', 'ops/back', '```', '', '**Then**:', '', '```bash {#then requires=do backup=db capture=SHA}', 'echo "$SHA"', '```', '', '## Rollback', '', '### Level 1: Toggle (2 min)', '', '```bash {level=1}', 'ops/off', '```', '',
].join('\n');

const PAST: PastFacts = { durations: new Map([['do', { lastMs: 12_000, medianMs: 15_000, count: 3 }]]), rehearsals: [{ level: 1, levelSha256: '', textSha256: '', environment: null, at: '2026-01-02T03:04:05Z', ran: 1, of: 1 }], formatTime: (iso) => iso.slice(0, 10) };

/** What is said of the n-th time that a word stands there. */
function said(word: string, nth = 1, facts = PAST): string | null {
  const source = readSource(TEXT);
  let at = -1;
  for (let found = 0; found < nth; found++) at = TEXT.indexOf(word, at + 1);
  expect(at, `${word} stands there`).toBeGreaterThan(-1);
  return hoverAt(source, source.lines.positionAt(at + 1), facts)?.markdown ?? null;
}

describe('what is said of', () => {
  test('a step: what it is, what takes it back, what it runs and how long that took', () => {
    expect(said('#do')).toMatch(/Do it.*command step · 1 command · line 14.*An undo block takes it back\..*Took 12 s the last time it succeeded, 15 s in the middle of 3 runs\..*```bash\nops\/do "\$VERSION"\n```/s);
    expect(said('#do', 1, NOTHING_PAST)).not.toContain('Took');
    expect(said('#then')).toContain('Waits for `do`.');
  });

  test('a section, and the time it states', () => {
    expect(said('#go')).toContain('phase · 5 min · 2 steps · line 10');
    expect(said('5 min')).toBe('Time: **5 min**\n\n1 of its 2 steps with commands took 12 s the last time; of the others no run says anything.');
  });

  test('a rollback level with its budget and rehearsal', () => {
    expect(said('level: 1', 1)).toContain('the rollback level that is advised');
    expect(said('1 } ]')).toContain('Level 1: Toggle');
    expect(said('=1}')).toMatch(/Level 1: Toggle.*budget 2 min · 1 command · nothing verifies it.*Rehearsed last on 2026-01-02\./s);
    expect(said('2 min')).toMatch(/Level 1|Budget of rollback level 1: \*\*2 min\*\*/);
  });

  test('inputs and captured values, where they are declared and where they are used', () => {
    expect(said('VERSION', 2)).toBe(said('VERSION'));
    expect(said('VERSION')).toMatch(/\*\*VERSION\*\*.*has to match `v\\d\+`.*Release \\\*to\\\* deploy/s);
    expect(said('TOKEN')).toContain('secret input');
    expect(said('SHA', 2)).toContain('What the block on line 24 prints');
  });

  test('environments, monitors and backups', () => {
    expect(said('production')).toMatch(/branch `main` · clean working tree.*Sets `URL`\./s);
    expect(said('rate:')).toMatch(/monitor · every 30 s · 1 trigger/);
    expect(said('=db')).toContain('Orders');
  });

  test('attributes, their times, and keys', () => {
    expect(said('timeout')).toContain('when the block is stopped and counts as failed');
    expect(said('90s')).toMatch(/^2 min|^90 s|^1\.5 min/);
    expect(said('pattern')).toContain('regular expression for the whole value');
    expect(said('environments')).toContain('where it can run');
  });

  test('prose: nothing', () => {
    expect(said('ops/off')).toBeNull();
  });
});

test('what a document says is shown as words, and never as Markdown of its own', () => {
  const text = '---\ninputs: { V: { default: "x`![](https://example.com/p.png)`", description: "![](https://example.com/q.png)" } }\n---\n# R\n';
  const source = readSource(text);
  const markdown = hoverAt(source, source.lines.positionAt(text.indexOf('V:')), NOTHING_PAST)?.markdown ?? '';
  expect(markdown).toContain('`` x`![](https://example.com/p.png)` ``');
  expect(markdown).toContain('\\!\\[');
});

test('any text at any place: nothing is thrown', () => {
  fc.assert(fc.property(markdownTexts, fc.nat(400), (text, seed) => {
    const source = readSource(text);
    const hover = hoverAt(source, source.lines.positionAt(seed % (text.length + 1)), PAST);
    expect(hover === null || hover.markdown !== '').toBe(true);
  }), { numRuns: 500 });
});
