import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/core/run/events.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { RunbookPanel } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';
import { hostileWorkspace, MARK, marks } from './threatKit.ts';

/** What would run if a shell ever read it; each is what a block prints, once. */
const VALUES = [`'; touch ${MARK} #`, `$(touch ${MARK})`, `\`touch ${MARK}\``, `a "; touch ${MARK}; " b`];

const step = (title: string, info: string, block: string): string => `**${title}**:\n\n\`\`\`${info}\n${block}\n\`\`\`\n\n`;

const TEXT = `# Blocks

${step('Own variable', `bash {#own env.WORD="$(touch ${MARK}) ';touch ${MARK}"}`, `printf '%s' "$WORD" > own`)}
${step('Other program', `awk {#other interpreter="awk -v 'word=$(touch ${MARK});touch ${MARK}' -f"}`, 'BEGIN { printf "%s|%s", word, ENVIRON["WORD"] > "other" }')}
${step('No such program', 'text {#none interpreter="surely-no-such-program"}', 'x')}
${VALUES.map((_, n) => step(`Get ${String(n)}`, `bash {#get${String(n)} capture=GOT${String(n)}}`, `cat value${String(n)}`) + step(`Use ${String(n)}`, `bash {#use${String(n)}}`, `printf '%s|%s' "$GOT${String(n)}" <GOT${String(n)}> > used${String(n)}`)).join('')}
${step('Write it', 'yaml {#write file="conf/$(touch x).yml"}', 'colour: green')}
${step('Write out', 'yaml {#out file=out/x}', 'x')}
${step('Write git', 'yaml {#git file=hidden/config}', 'x')}
`;

describe('blocks with variables, programs, values and files of their own', () => {
  let outer: string;
  let workspace: string;
  let editor: Editor;
  let records: RunRecords;
  let panel: RunbookPanel;

  beforeAll(async () => {
    ({ outer, workspace } = await hostileWorkspace({ 'blocks.md': TEXT, ...Object.fromEntries(VALUES.map((value, n) => [`value${String(n)}`, `${value}\n`])) }));
    mkdirSync(join(outer, 'elsewhere'));
    mkdirSync(join(workspace, '.git'));
    symlinkSync(join(outer, 'elsewhere'), join(workspace, 'out'));
    symlinkSync(join(workspace, '.git'), join(workspace, 'hidden'));
    records = new RunRecords(workspace);
    editor = await startEditor({ workspace, extensions: [VSIX] });
    panel = await RunbookPanel.open(editor.page, 'blocks.md');
    await panel.start();
  });

  afterAll(async () => {
    await editor?.dispose();
    rmSync(outer, { recursive: true, force: true });
  });

  const noMarks = (): void => expect(marks(editor, outer, workspace, join(outer, 'elsewhere'))).toEqual([]);
  const question = (): Locator => panel.frame.getByRole('dialog').filter({ visible: true });
  const outcome = (id: string, count = 1): Promise<Outcome> => until(() => records.outcomes(id)[count - 1] ?? undefined, { what: `end ${String(count)} of “${id}” in the record`, timeoutMs: 60_000 });
  const written = (name: string): string => readFileSync(join(workspace, name), 'utf8');

  it('a variable reaches its block as it is, and stands above it', async () => {
    await panel.step('Own variable').getByText(`WORD=$(touch ${MARK}) ';touch ${MARK}`).waitFor();
    await panel.pressAt('Own variable', /^Run/);
    expect(await outcome('own')).toEqual({ kind: 'exited', code: 0 });
    expect(written('own')).toBe(`$(touch ${MARK}) ';touch ${MARK}`);
    noMarks();
  });

  it('another program gets the block and its words as they are, and not the variable of another block', async () => {
    await panel.pressAt('Other program', /^Run/);
    expect(await outcome('other')).toEqual({ kind: 'exited', code: 0 });
    expect(written('other')).toBe(`$(touch ${MARK});touch ${MARK}|`);
    noMarks();
  });

  it('a program that is not there runs nothing, and the step says so', async () => {
    await panel.pressAt('No such program', /^Run/);
    expect(await outcome('none')).toMatchObject({ kind: 'notStarted', reason: expect.stringContaining('not on the PATH') as string });
    await panel.waitForStep('No such program', /Nothing was run: the program of its interpreter=/);
  });

  it.each(VALUES.map((value, n) => [value, n] as const))('what a block prints, %j, reaches later steps as it is and is not asked for', async (value, n) => {
    await panel.pressAt(`Get ${String(n)}`, /^Run/);
    expect(await outcome(`get${String(n)}`)).toEqual({ kind: 'exited', code: 0 });
    await panel.waitForStep(`Get ${String(n)}`, `captured GOT${String(n)} = ${value}`);
    await panel.pressAt(`Use ${String(n)}`, /^Run/);
    expect(await outcome(`use${String(n)}`)).toEqual({ kind: 'exited', code: 0 });
    expect(written(`used${String(n)}`)).toBe(`${value}|${value}`);
    noMarks();
  });

  it('a file is written once its difference was confirmed, and not when it has changed since', async () => {
    const path = join(workspace, 'conf/$(touch x).yml');
    await panel.pressAt('Write it', 'Write file…');
    await question().getByText('colour: green').waitFor();
    expect(existsSync(path)).toBe(false);
    mkdirSync(join(workspace, 'conf'));
    writeFileSync(path, 'somebody else\n');
    await question().getByRole('button', { name: 'Create file' }).click();
    expect(await outcome('write')).toMatchObject({ kind: 'notStarted', reason: expect.stringContaining('not what you were shown') as string });
    expect(readFileSync(path, 'utf8')).toBe('somebody else\n');
    await panel.pressAt('Write it', /^Retry/);
    await question().getByText('somebody else').waitFor();
    await question().getByRole('button', { name: 'Write file' }).click();
    expect(await outcome('write', 2)).toMatchObject({ kind: 'written' });
    expect(readFileSync(path, 'utf8')).toBe('colour: green\n');
    await panel.waitForStep('Write it', /file written/);
    noMarks();
  });

  it.each([['Write out', 'leads out of the workspace'], ['Write git', 'leads into .git']])('%s: nothing is written through a link that %s', async (title, words) => {
    await panel.pressAt(title, 'Write file…');
    await panel.frame.getByText(words).first().waitFor();
    expect([existsSync(join(outer, 'elsewhere', 'x')), existsSync(join(workspace, '.git', 'config'))]).toEqual([false, false]);
  });
});
