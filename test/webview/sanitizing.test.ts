import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { content, step, viewOf } from './fixtureParts.ts';
import { NEXT, ROLLBACK_PLAN } from './fixtures.ts';
import { FRIENDLY_HTML, HOSTILE_HTML } from './hostileHtml.ts';
import { Theatre, type Stage } from './stage.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

/** Everything in the document's own HTML that may not be there. */
function findings(): readonly string[] {
  const tags = new Set('A ABBR B BLOCKQUOTE BR CODE DD DEL DETAILS DIV DL DT EM H1 H2 H3 H4 H5 H6 HR I IMG INS KBD LI MARK OL P PRE Q S SAMP SMALL SPAN STRONG SUB SUMMARY SUP TABLE TBODY TD TFOOT TH THEAD TR U UL VAR'.split(' '));
  const attributes = new Set('href src alt title class colspan rowspan align start width height open lang dir loading decoding referrerpolicy'.split(' '));
  const found: string[] = [];
  for (const root of document.querySelectorAll('.prose, .t')) {
    for (const element of root.querySelectorAll('*')) {
      const ours = element.matches('div.table');
      if (!tags.has(element.tagName) || (element.tagName === 'DIV' && !ours)) found.push(`<${element.tagName}>`);
      for (const { name, value } of element.attributes) {
        if (ours && ['class', 'tabindex', 'role', 'aria-label'].includes(name)) continue;
        if (!attributes.has(name)) found.push(`${element.tagName} ${name}=${value}`);
        if (name === 'class' && !/^language-/.test(value)) found.push(`class ${value}`);
        if (name === 'href' && !/^(https?:\/\/|[^:\\]*$)/i.test(value)) found.push(`href ${value}`);
        if (name === 'src' && !/^(https:\/\/|data:image\/(png|gif|jpeg|webp);)/.test(value)) found.push(`src ${value}`);
      }
    }
  }
  if ('pwned' in window) found.push('script has run');
  return found;
}

async function trouble(stage: Stage): Promise<readonly string[]> {
  // What would run late: errors of pictures, focus, pointer, toggles.
  await stage.page.mouse.move(400, 300);
  await stage.page.waitForTimeout(30);
  return [...(await stage.page.evaluate(findings)), ...stage.trouble.filter((one) => !INERT.test(one))];
}

/** The sanitiser parses in a document that shows nothing; the browser reports what it finds there as well. */
const INERT = /^console: (Executing inline event handler|Applying inline style|Setting the document's base URI to '[^']*') violates/;

describe.each([['under the policy', false], ['without any policy', true]] as const)('hostile markup %s', (_, withoutPolicy) => {
  let stage: Stage;
  let revision = 1;
  beforeAll(async () => {
    stage = await theatre.show(NEXT, { height: 1600, withoutPolicy });
    await stage.posted();
  });
  afterAll(() => stage.close());

  test.each(HOSTILE_HTML.map((html, index) => [index, html] as const))('%i: %s', async (_, html) => {
    const view = viewOf(NEXT.header, [content('a', html), { ...step('s', 'Step'), titleHtml: html }, step('last', 'The last step')], { dock: NEXT.dock, rollback: ROLLBACK_PLAN.rollback && { ...ROLLBACK_PLAN.rollback, notUndoneHtml: [html] } });
    await stage.send({ type: 'snapshot', revision: (revision += 1), view });
    expect(await trouble(stage)).toEqual([]);
    // The page still is what it was: nothing has been clobbered, swallowed or hidden.
    expect(await stage.page.locator('[data-key="step:last"] .t').innerText()).toBe('The last step');
    expect(await stage.page.locator('.dock vscode-button').count()).toBe(3);
    expect(await stage.posted()).toEqual([]);
  });

  test('all of it in the page that the host makes', async () => {
    const blocks = HOSTILE_HTML.flatMap((html, index) => [content(`h${index}`, html), { ...step(`s${index}`, html), titleHtml: html }]);
    const own = await theatre.show(viewOf({ ...NEXT.header, title: '</script><script>window.pwned=1</script><!--' }, blocks), { height: 900, withoutPolicy });
    expect(await trouble(own)).toEqual([]);
    expect(await own.page.locator('.block').count()).toBe(blocks.length);
    await own.close();
  });

  test('all of it in one document and by a patch', async () => {
    const own = await theatre.show(NEXT, { height: 900, withoutPolicy });
    await own.send({ type: 'patch', revision: 2, blocks: HOSTILE_HTML.map((html, index) => content(`h${index}`, html)), order: HOSTILE_HTML.map((_, index) => `content:h${index}`) });
    await own.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    expect(await trouble(own)).toEqual([]);
    await own.close();
  });

  test('in places that are plain text it stays text', async () => {
    const html = '<img src=x onerror=window.pwned=1>';
    const view = viewOf(
      { ...NEXT.header, title: html, git: html, metadata: [{ key: html, value: html }], announcement: html },
      [{ ...step('s', html), by: html, statusWords: html, tags: [{ text: html, tone: 'plain' }], message: { severity: 'error', text: html }, commands: [{ language: html, text: html, line: 1, state: 'failed', result: html, output: html, outputMissing: html, placeholders: [], hidden: [], expectedOutput: html, expects: [html] }] }],
      { notices: [{ id: html, severity: 'error', text: html, actions: [], details: [{ text: html, line: 1 }] }], dock: { advice: { title: html, detail: html, tone: 'warning' }, levels: [{ level: 1, title: html, detail: html, advised: true, state: 'ready', disabledBecause: html }] } },
    );
    const own = await theatre.show(view, { height: 1200, withoutPolicy });
    await own.page.waitForTimeout(300);
    expect(await own.page.locator('img').count()).toBe(0);
    expect(await own.page.locator('h1').innerText()).toBe(html);
    expect(own.trouble).toEqual([]);
    await own.close();
  });
});

test('words that turn their direction are drawn with the code point', async () => {
  const stage = await theatre.show(viewOf(NEXT.header, [content('a', '<p>a \u202e b &#x2066; c</p>'), { ...step('s', 'Step'), titleHtml: 'd \u202e e' }]));
  expect(await stage.page.locator('[data-key="content:a"]').innerText()).toContain('a [U+202E] b [U+2066] c');
  expect(await stage.page.locator('[data-key="step:s"] .t').innerText()).toBe('d [U+202E] e');
  await stage.close();
});

test('what Markdown makes survives', async () => {
  const view = viewOf(NEXT.header, FRIENDLY_HTML.map(([html], index) => content(`f${index}`, html)));
  const stage = await theatre.show(view, { height: 1600 });
  for (const [index, [, selector]] of FRIENDLY_HTML.entries()) expect(await stage.page.locator(`[data-key="content:f${index}"] ${selector}`).count(), selector).toBe(1);
  await stage.close();
});
