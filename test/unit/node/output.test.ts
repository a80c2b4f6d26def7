import { describe, expect, it } from 'vitest';
import { echoOf } from '../../../src/node/output/echo.ts';
import { KeptOutput } from '../../../src/node/output/keptOutput.ts';
import { OutputTail } from '../../../src/node/output/outputTail.ts';
import { plainText } from '../../../src/node/output/plainText.ts';

const ESC = '\u001b';

describe('terminal output as plain text', () => {
  it.each([
    ['colours', `${ESC}[1;31mred${ESC}[0m`, 'red'],
    ['an OSC that claims an end', `a${ESC}]633;D;0\u0007b`, 'ab'],
    ['a link', `${ESC}]8;;https://x${ESC}\\text${ESC}]8;;${ESC}\\`, 'text'],
    ['the clipboard', `${ESC}]52;c;ZXZpbA==\u0007ok`, 'ok'],
    ['a title', `${ESC}]0;title\u0007ok`, 'ok'],
    ['8-bit controls', '\u009b31mred\u009d0;t\u009cok', 'redok'],
    ['a progress bar', '10%\r50%\r100%\ndone', '100%\ndone'],
    ['CRLF', 'a\r\nb\r\n', 'a\nb\n'],
    ['backspaces', 'ab\b\bc', 'c'],
    ['a bell and NUL', 'a\u0007b\u0000c', 'abc'],
  ])('%s', (_, raw, text) => {
    expect(plainText(raw)).toBe(text);
  });

  it('survives sequences that never end, quickly', () => {
    const began = performance.now();
    plainText(`${ESC}]`.repeat(20_000) + `${ESC}[` + ';'.repeat(50_000) + 'x');
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('the last lines', () => {
  it('leave out what the runner echoes', () => {
    const tail = new OutputTail(echoOf('Say it', 'echo a\necho b\n'));
    tail.add(`${ESC}[2mSay it${ESC}[0m\r\n  echo a\r\n  echo b\r\na\r\n`);
    tail.add('b\r\n');
    expect(tail.text).toBe('a\nb');
  });

  it('stay whole when the echo looks different', () => {
    const tail = new OutputTail(echoOf('Say it', 'echo a\n'));
    tail.add('something else\n');
    expect(tail.text).toBe('something else');
  });

  it('are limited in lines, width and size, and say so', () => {
    const tail = new OutputTail();
    for (let line = 0; line < 5_000; line += 1) tail.add(`line ${line}\n`);
    const lines = tail.text.split('\n');
    expect(lines[0]).toBe('… earlier output is in the terminal');
    expect(lines).toHaveLength(201);
    expect(lines.at(-1)).toBe('line 4999');
    const wide = new OutputTail();
    wide.add('x'.repeat(10_000_000));
    expect(wide.text.length).toBeLessThan(20_000);
  });
});

describe('what is kept of an output', () => {
  it('is all of it, without the echo, when it is short', () => {
    const kept = new KeptOutput(echoOf('Say it', 'echo a\n'));
    kept.add(`${ESC}[2mSay it${ESC}[0m\r\n  echo a\r\n`);
    kept.add('a\r\n');
    expect(kept.output).toEqual({ head: 'a\n', tail: null, leftOut: 0, isSeparate: true, isComplete: false });
  });

  it.each([1, 7, 1_000, 300_000, 5_000_000])('is both ends of a long one that comes in pieces of %i', (piece) => {
    const all = Array.from({ length: 200_000 }, (_, line) => `line ${String(line)}\n`).join('');
    const text = piece === 1 ? all.slice(0, 600_000) : all;
    const kept = new KeptOutput();
    for (let at = 0; at < text.length; at += piece) kept.add(text.slice(at, at + piece));
    const { head, tail, leftOut } = kept.output;
    expect(text.startsWith(head) && text.endsWith(tail ?? '-')).toBe(true);
    expect([head.length, tail?.length, leftOut]).toEqual([256 * 1024, 256 * 1024, text.length - 512 * 1024]);
  });

  it('is whole as long as both ends hold it', () => {
    const kept = new KeptOutput();
    kept.add('x'.repeat(300_000));
    kept.add('y'.repeat(200_000));
    expect(kept.output).toEqual({ head: `${'x'.repeat(300_000)}${'y'.repeat(200_000)}`, tail: null, leftOut: 0, isSeparate: true, isComplete: false });
  });
});
