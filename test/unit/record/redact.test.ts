import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedOutput, OUTPUT_END_LIMIT } from '../../../src/core/record/recordedOutput.ts';
import { redact } from '../../../src/core/record/redact.ts';

const R = '[redacted]';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\nabc\n-----END RSA PRIVATE KEY-----';

describe('what looks like a secret', () => {
  it.each([
    ['> Authorization: Basic dXNlcjpwYXNz', `> Authorization: Basic ${R}`],
    ['Authorization: abc123', `Authorization: ${R}`],
    ['{"Authorization": "Bearer abc.def-123", "x": 1}', `{"Authorization": "Bearer ${R}", "x": 1}`],
    ['curl -H "Authorization: token 0123456789"', `curl -H "Authorization: token ${R}"`],
    ['with Bearer abcdefgh12345 in it', `with Bearer ${R} in it`],
    ['< Set-Cookie: session=abc; Path=/', `< Set-Cookie: ${R}`],
    ['DB_PASSWORD=hunter2', `DB_PASSWORD=${R}`],
    ['password: hunter2', `password: ${R}`],
    ['export API_KEY="a b c"; next', `export API_KEY=${R}; next`],
    ['{"client_secret":"x\\"y","id":1}', `{"client_secret":${R},"id":1}`],
    ['{\\"token\\":\\"abc\\"}', `{\\"token\\":${R}}`],
    ["AWS_SECRET_ACCESS_KEY='wJalr/XUtn'", `AWS_SECRET_ACCESS_KEY=${R}`],
    ['https://h/x?token=abc&page=2', `https://h/x?token=${R}&page=2`],
    ['mysql --password hunter2 -u root', `mysql --password ${R} -u root`],
    ['Server=db;Pwd=hunter2', `Server=db;Pwd=${R}`],
    ['clone https://ann:hunter2@git.example.org/x.git', `clone https://ann:${R}@git.example.org/x.git`],
    ['postgres://app:p:w@db/x', `postgres://app:${R}@db/x`],
    ['id AKIAIOSFODNN7EXAMPLE.', `id ${R}.`],
    [`ghp_${'a'.repeat(36)} and github_pat_${'B'.repeat(30)}`, `${R} and ${R}`],
    [`jwt ${JWT}`, `jwt ${R}`],
    [`a\n${KEY}\nb`, `a\n${R}\nb`],
    ['"key": "-----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----\\n"', `"key": "${R}\\n"`],
    ['rest of a key\n-----END PRIVATE KEY-----\nb', `${R}\nb`],
    ['a\n-----BEGIN PRIVATE KEY-----\nMIIE', `a\n${R}`],
  ])('%s', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it.each(['deployed 3 of 4', 'https://example.org:8080/path', 'user@example.org', '2026-01-05T14:00:00Z commit c0ffee', 'PWD=/home/ada', 'eyJ is no token', 'mailto:a@b.c'])('and what does not stays: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('is not found again, wherever it stands', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
    const around = fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/['"\\]/g, ''));
    const forms = fc.constantFrom<(s: string) => string>((s) => `password=${s}`, (s) => `"token": "${s}"`, (s) => `Authorization: Bearer ${s}`, (s) => `https://u:${s}@host/`, (s) => `X_API_KEY='${s}'`, (s) => `-----BEGIN PRIVATE KEY-----\n${s}\n-----END PRIVATE KEY-----`);
    fc.assert(
      fc.property(secret, forms, around, around, (value, form, before, after) => {
        expect(redact(`${before}\n${form(value)}\n${after}`)).not.toContain(value);
      }),
    );
  });

  it.each(['a', ' ', '://', '://a:', 'eyJ', 'eyJ.', 'eyJaaaaa.', 'password', 'password=', 'password="', 'password=\\"', 'token-', 'Authorization: ', 'authorization "', 'Cookie:', 'Bearer ', '-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----', '-----BEGIN ', 'AKIA', 'gh', '--secret ', "'", '"\\'])('takes time in proportion to the text: %j', (piece) => {
    const took = (length: number): number => {
      const text = piece.repeat(Math.ceil(length / piece.length));
      const began = performance.now();
      redact(text);
      return performance.now() - began;
    };
    took(50_000);
    // Quadratic would be a hundred times as long; a busy machine is not that slow.
    expect(took(1_000_000)).toBeLessThan(40 * Math.max(20, took(100_000)));
  });
});

describe('an output for the record', () => {
  it('is redacted and whole when it is short', () => {
    expect(recordedOutput({ head: 'ok\npassword=x\n', tail: null, leftOut: 0, isComplete: true })).toEqual({ text: `ok\npassword=${R}\n`, cut: false });
  });

  it('keeps whole lines of both ends and says where it was cut', () => {
    const all = Array.from({ length: 60_000 }, (_, line) => `line ${String(line)}`).join('\n');
    const { text, cut } = recordedOutput({ head: all, tail: null, leftOut: 0, isComplete: true });
    const lines = text.split('\n');
    const at = lines.findIndex((line) => line.startsWith('[… about '));
    expect([cut, lines[0], lines.at(-1), at > 0]).toEqual([true, 'line 0', 'line 59999', true]);
    expect(lines.filter((line, index) => index !== at && !/^line \d+$/.test(line))).toEqual([]);
    expect(text.length).toBeLessThan(2 * OUTPUT_END_LIMIT + 200);
  });

  it('counts what was not even heard, and keeps secrets out of both ends', () => {
    const { text, cut } = recordedOutput({ head: 'token=abc\n-----BEGIN PRIVATE KEY-----\nxyz', tail: 'uvw\n-----END PRIVATE KEY-----\nend', leftOut: 20 * 1024 * 1024, isComplete: true });
    expect(cut).toBe(true);
    expect(text).toContain('about 20 MB of output were left out here');
    expect(text).not.toMatch(/abc|xyz|uvw/);
    expect(text.endsWith('end')).toBe(true);
  });

  it('says at its end when it was not heard to the end', () => {
    const { text, cut } = recordedOutput({ head: 'half a li', tail: null, leftOut: 0, isComplete: false });
    expect(cut).toBe(true);
    expect(text).toMatch(/^half a li\n\[… the terminal had not handed over the rest .*…\]\n$/);
  });
});
