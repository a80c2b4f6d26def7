/**
 * The icon font with only the icons that the panel can name: the whole one is
 * the largest file of the package after the program itself, and the panel uses
 * one icon in ten.
 */
import { readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const source = 'node_modules/@vscode/codicons/dist';
const rule = /^\.codicon-([a-z0-9-]+):before \{ content: "\\([0-9a-f]+)" \}\n/gm;

/**
 * Writes codicon.css and codicon.ttf to a folder.
 *
 * An icon is kept when its name stands as a whole string in one of the scripts.
 * That keeps a few too many ("error" is also a level of a log) and can lose
 * none, as long as no name is put together from parts.
 * @param scripts paths of built scripts in which icons are named
 */
export async function writeIcons(folder, scripts) {
  const texts = await Promise.all(scripts.map((script) => readFile(script, 'utf8')));
  const named = new Set(texts.flatMap((text) => [...text.matchAll(/(["'`])([a-z0-9-]+)\1/g)].map(([, , name]) => name)));
  const kept = [];
  const styles = (await readFile(`${source}/codicon.css`, 'utf8')).replaceAll(rule, (line, name, code) => {
    if (!named.has(name)) return '';
    kept.push(String.fromCodePoint(Number.parseInt(code, 16)));
    return line;
  });
  const font = await subsetFont(await readFile(`${source}/codicon.ttf`), kept.join(''), { targetFormat: 'truetype' });
  await writeFile(`${folder}/codicon.css`, styles);
  await writeFile(`${folder}/codicon.ttf`, font);
}
