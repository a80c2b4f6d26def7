import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { harmless, segments } from '../../webview/commandText.ts';
import { command, step, viewOf } from './fixtureParts.ts';
import { NEXT } from './fixtures.ts';
import { Theatre, type Stage } from './stage.ts';

const NONE = { placeholders: [], hidden: [] };

describe('pieces of a command', () => {
  test('joined are the command, whatever is marked', () => {
    const offset = fc.nat(60);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.oneof(fc.constantFrom('a', ' ', '\t', '\n', '\r', '\u202e', '\u200b', '\u00a0', '\u{e0041}', '$', '"'), fc.string({ minLength: 1, maxLength: 2 })) }),
        fc.array(fc.tuple(offset, offset)),
        fc.array(offset),
        fc.array(fc.tuple(offset, offset)),
        (text, placeholders, hidden, scopes) => {
          const pieces = segments(text, { placeholders, hidden: hidden.map((at) => ({ offset: at, codePoint: 'U+0000', name: 'x' })) }, scopes.map(([start, end]) => ({ start, end, scope: 'string' })));
          expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        },
      ),
    );
  });

  test.each(['\u202e', '\u2066', '\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u00a0', '\u3000', '\u2028', '\u0007', '\u001b', '\r', '\u0085', '\u3164', '\u2800', '\ufe0f', '\u{e0061}', '\u{e0101}', '\ud800', '\ue000', '\u061c', '\u034f'])(
    'a character that nobody marked and nobody sees is drawn as its code point: %j',
    (character) => {
      const hidden = segments(`a${character}b`, NONE).filter((piece) => piece.hidden !== null);
      expect(hidden.map((piece) => piece.text)).toEqual([character]);
      expect(hidden[0]?.hidden?.shown).toBe(`⟨U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}⟩`);
    },
  );

  test('letters, accents and other scripts are themselves', () => {
    expect(segments('echo "Grüße, 世界, مرحبا, é, 🚀" | tr -d \'\\n\'\n\tx', NONE).filter((piece) => piece.hidden !== null)).toEqual([]);
  });

  test('what the host marked is drawn with its name, also when it looks like a letter', () => {
    const pieces = segments('curl https://\u0430pple.com', { placeholders: [], hidden: [{ offset: 13, codePoint: 'U+0430', name: 'Cyrillic a' }] });
    expect(pieces.find((piece) => piece.hidden)).toMatchObject({ text: '\u0430', hidden: { shown: '⟨U+0430⟩', name: 'Cyrillic a' } });
  });

  test('output keeps its text and loses its power', () => {
    expect(harmless('a\u001b]8;;http://x\u0007b\r\n\tc\u202ed\u009b1m 世')).toBe('a⟨U+001B⟩]8;;http://x⟨U+0007⟩b\n\tc⟨U+202E⟩d⟨U+009B⟩1m 世');
  });
});

describe('a command on the page', () => {
  let theatre: Theatre;
  let stage: Stage;
  const show = async (text: string, more: Parameters<typeof command>[1] = {}): Promise<void> => {
    stage = await theatre.show(viewOf(NEXT.header, [step('s', 'Step', { commands: [command(text, more)] })]), { width: 900, height: 900 });
    // The colours come a moment later.
    await stage.page.waitForTimeout(300);
  };
  beforeAll(async () => {
    theatre = await Theatre.open();
  });
  afterAll(() => theatre.close());

  test('cannot be turned round, hidden or overwritten', async () => {
    await show('rm -rf /\u202e # ti od ton od\u2069\necho ok\rrm x\nprintf "\u200b"');
    const shown = await stage.page.locator('.source code').innerText();
    expect(shown).toBe('rm -rf /⟨U+202E⟩ # ti od ton od⟨U+2069⟩\necho ok⟨U+000D⟩rm x\nprintf "⟨U+200B⟩"');
    // Letters stand on the screen in the order in which they run.
    const lefts = await stage.page.evaluate(() => {
      const line = document.querySelector('.source .line') as Element;
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const result: number[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < (node as Text).length; at += 1) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          result.push(range.getBoundingClientRect().left);
        }
      }
      return result;
    });
    expect(lefts.length).toBeGreaterThan(20);
    expect(lefts.toSorted((a, b) => a - b)).toEqual(lefts);
    await stage.close();
  });

  test('right-to-left letters do not move what stands around them', async () => {
    await show('rm "אבג" /srv/x');
    const order = await stage.page.evaluate(() => {
      const walker = document.createTreeWalker(document.querySelector('.source code') as Element, NodeFilter.SHOW_TEXT);
      const at = (needle: string): number => {
        walker.currentNode = document.querySelector('.source code') as Element;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const index = (node as Text).data.indexOf(needle);
          if (index < 0) continue;
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + 1);
          return range.getBoundingClientRect().left;
        }
        return -1;
      };
      return [at('rm'), at('/srv')];
    });
    expect(order[0]).toBeLessThan(order[1] ?? 0);
    await stage.close();
  });

  test('has every space, tab and empty line, and the end of a long line is in sight', async () => {
    await show(`a  b\tc\n\n${'x'.repeat(300)}${' '.repeat(200)}; rm -rf /`);
    expect(await stage.page.locator('.source .line').count()).toBe(3);
    expect((await stage.page.locator('.source .line').nth(1).boundingBox())?.height).toBeGreaterThan(10);
    const frame = await stage.page.locator('.source pre').boundingBox();
    const end = await stage.page.evaluate(() => {
      const range = document.createRange();
      const line = document.querySelector('.source .line:last-child') as Element;
      range.selectNodeContents(line);
      const rects = [...range.getClientRects()];
      return { right: Math.max(...rects.map((rect) => rect.right)), lefts: [...new Set(rects.map((rect) => Math.round(rect.left)))] };
    });
    expect(frame && end.right <= frame.x + frame.width).toBe(true);
    expect(await stage.page.locator('.source pre').evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
    const tab = await stage.page.locator('.source .tab').boundingBox();
    expect(tab && tab.width).toBeGreaterThan(6);
    await stage.close();
  });

  test('a line that goes on is indented more than one that begins', async () => {
    await show(`${'word '.repeat(60)}\nnext`);
    const lefts = await stage.page.evaluate(() => [...document.querySelectorAll('.source .line')].map((line) => {
      const range = document.createRange();
      range.selectNodeContents(line);
      // The leftmost edge of each row on the screen.
      const rows = new Map<number, number>();
      for (const { top, left } of range.getClientRects()) rows.set(Math.round(top), Math.min(rows.get(Math.round(top)) ?? Infinity, Math.round(left)));
      return [...rows.values()];
    }));
    const [first = 0, ...rest] = lefts[0] ?? [];
    expect(rest.length).toBeGreaterThan(0);
    for (const left of rest) expect(left).toBeGreaterThan(first + 8);
    expect(lefts[1]).toEqual([first]);
    await stage.close();
  });

  test('placeholders are marked, hidden characters explained, and both coloured', async () => {
    await show('deploy [repo] "x\u200by"', { placeholders: [[7, 13]], hidden: [{ offset: 16, codePoint: 'U+200B', name: 'zero width space' }] });
    expect(await stage.page.locator('.placeholder').allInnerTexts()).toEqual(['[repo]']);
    expect(await stage.page.locator('.hidden-character').getAttribute('title')).toContain('zero width space');
    expect(await stage.page.getByText('One character is drawn as its code point').isVisible()).toBe(true);
    expect(await stage.page.locator('.hl-string').count()).toBeGreaterThan(0);
    expect(await stage.page.locator('.hl-command').allInnerTexts()).toEqual(['deploy']);
    await stage.close();
  });

  test('a placeholder is one mark of one colour, also where the language has colours for parts of it', async () => {
    await show('ops/put {{VERSION}} "<name>"', { placeholders: [[8, 19], [21, 27]], language: 'bash' });
    const marks = stage.page.locator('.placeholder');
    expect(await marks.allInnerTexts()).toEqual(['{{VERSION}}', '<name>']);
    const colours = await marks.first().evaluate((mark) => [mark, ...mark.querySelectorAll('*')].map((element) => getComputedStyle(element).color));
    expect(new Set(colours).size).toBe(1);
    await stage.close();
  });

  test.each(['bash', 'powershell', 'bat', 'console', 'fish', 'made-up'])('is letter for letter what runs after colouring: %s', async (language) => {
    const text = 'if [ -f "$HOME/x" ]; then\n\techo \'a <b> &amp; c\' | tee -a /tmp/y  # done\nfi\ncat <<EOF\n<script>alert(1)</script>\nEOF\n\n$x = @{ a = 1 }; Write-Host "$x"\nREM %PATH%';
    await show(text, { language });
    const lines = await stage.page.locator('.source .line').evaluateAll((elements) => elements.map((element) => element.textContent));
    expect(lines.join('\n')).toBe(text);
    expect(stage.trouble).toEqual([]);
    await stage.close();
  });

  test('the copy button and a selection both copy what runs', async () => {
    const text = 'a  "b"\n\n\tc | d\ne';
    // The line end at its end is not drawn, and not copied either: a shell would run what is pasted at once.
    await show(`${text}\n`);
    expect(await stage.page.locator('.source .line').count()).toBe(4);
    await stage.page.getByRole('button', { name: 'Copy command of Step' }).click({ force: true });
    await stage.page.waitForTimeout(50);
    expect(await stage.page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    await stage.page.evaluate(() => {
      void navigator.clipboard.writeText('');
      const range = document.createRange();
      range.selectNodeContents(document.querySelector('.source code') as Element);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
    });
    await stage.page.keyboard.press('Control+c');
    await stage.page.waitForTimeout(50);
    expect(await stage.page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    expect(await stage.posted()).toEqual([{ type: 'ready' }]);
    await stage.close();
  });

  test('the action “copy” copies and sends nothing', async () => {
    await show('one', {});
    await stage.page.locator('[data-key="step:s"] .row').hover();
    await stage.page.locator('[data-button=copy]').click();
    await stage.page.waitForTimeout(50);
    expect(await stage.page.evaluate(() => navigator.clipboard.readText())).toBe('one');
    expect(await stage.posted()).toEqual([{ type: 'ready' }]);
    await stage.close();
  });
});
