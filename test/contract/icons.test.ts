import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const styles = readFileSync(join(root, 'dist/webview/codicon.css'), 'utf8');
const font = readFileSync(join(root, 'dist/webview/codicon.ttf'));

/** Names in the two ways in which the sources name an icon: `icon('name')` and `icon: 'name'`. */
const named = ['src/core/view', 'src/session', 'webview']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)))
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bicon(?:\(|: )'([a-z0-9-]+)'/g)].map(([, name]) => name));

test('every icon that the sources name is in the shipped style sheet', () => {
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !styles.includes(`.codicon-${String(name)}:before`))).toEqual([]);
});

test('the shipped font is a small part of the whole one and still a font', () => {
  const whole = readFileSync(join(root, 'node_modules/@vscode/codicons/dist/codicon.ttf'));
  expect([...font.subarray(0, 4)]).toEqual([...whole.subarray(0, 4)]);
  expect(font.length).toBeLessThan(whole.length / 3);
});
