import { afterAll, beforeAll, expect, test } from 'vitest';
import { content, viewOf } from './fixtureParts.ts';
import { NEXT, READING } from './fixtures.ts';
import { Theatre } from './stage.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

const LINKS = ['https://example.com/a', 'docs/notes.md', '#rollback', 'HTTP://EXAMPLE.COM/'];

test('a link is reported as it is written, by click, middle click and Enter, and the page stays', async () => {
  const view = viewOf(NEXT.header, [content('a', LINKS.map((href) => `<p><a href="${href}">to ${href}</a></p>`).join(''))]);
  const stage = await theatre.show(view);
  await stage.posted();
  for (const href of LINKS) {
    const link = stage.page.getByRole('link', { name: `to ${href}` });
    await link.click();
    await link.click({ button: 'middle' });
    await link.click({ modifiers: ['Control'] });
    await link.focus();
    await stage.page.keyboard.press('Enter');
    const message = { type: 'link', href };
    expect(await stage.posted()).toEqual([message, message, message, message]);
  }
  expect(stage.trouble).toEqual([]);
  expect(stage.page.url()).not.toContain('#');
  await stage.close();
});

test('no other listener hears of a click on a link', async () => {
  const stage = await theatre.show(viewOf(NEXT.header, [content('a', '<a href="https://example.com">x</a>')]));
  await stage.page.evaluate(() => {
    Object.assign(window, { heard: 0 });
    for (const target of [document, document.body]) target.addEventListener('click', () => ((window as unknown as { heard: number }).heard += 1), { capture: true });
  });
  await stage.page.getByRole('link').click();
  expect(await stage.page.evaluate(() => (window as unknown as { heard: number }).heard)).toBe(0);
  await stage.close();
});

test('a link that slips into the page with another scheme is not reported', async () => {
  const stage = await theatre.show(NEXT);
  await stage.posted();
  for (const href of ['command:x', 'javascript:x', 'file:///etc', 'vscode:x', ' \u0001command:x']) {
    await stage.page.evaluate((address) => {
      const link = document.createElement('a');
      link.setAttribute('href', address);
      document.body.append(link);
      link.click();
      link.remove();
    }, href);
  }
  expect(await stage.posted()).toEqual([]);
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('a line of a notice leads into the source; many lines fold and stay folded out', async () => {
  const stage = await theatre.show(READING);
  await stage.posted();
  await stage.page.getByRole('button', { name: 'Open the source at line 61' }).click();
  expect(await stage.posted()).toEqual([{ type: 'source', line: 61 }]);
  await stage.page.getByText('5 details').click();
  await stage.page.getByRole('button', { name: 'Open the source at line 50' }).click();
  expect(await stage.posted()).toEqual([{ type: 'source', line: 50 }]);
  await stage.send({ type: 'patch', revision: 2, notices: READING.notices.map((one) => ({ ...one, text: `${one.text} Again.` })) });
  expect(await stage.page.getByRole('button', { name: 'Open the source at line 50' }).isVisible()).toBe(true);
  expect(await stage.state()).toMatchObject({ open: ['diagnostics'] });
  await stage.close();
});
