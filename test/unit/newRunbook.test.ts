import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../src/core/runbook/parse.ts';
import { templates } from '../../src/extension/newRunbook/templates.ts';
import { whereProblem } from '../../src/extension/newRunbook/where.ts';

const root = join(import.meta.dirname, '../..');
const sources = templates.flatMap(({ files }) => files.map(({ source }) => source));

describe('what a new runbook begins with', () => {
  test('every runnable sample is offered, and what is offered is there', () => {
    const samples = readdirSync(join(root, 'runbooks'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.runbook.md')).map((file) => relative(root, join(root, 'runbooks', file)));
    expect(samples.filter((file) => !sources.includes(file))).toEqual([]);
    expect(sources.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  test('files of one template have different names, and each is known as a runbook', () => {
    for (const { files } of templates) {
      expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
      expect(files.every(({ name }) => name.endsWith('.runbook.md'))).toBe(true);
    }
  });

  test.each(sources)('%s has a title, steps, and nothing that is wrong', (source) => {
    const runbook = parseRunbook(readFileSync(join(root, source), 'utf8'));
    expect(runbook.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect([runbook.title !== '', runbook.steps.length > 0]).toEqual([true, true]);
  });
});

test.each([
  ['deploy.runbook.md', true, null],
  ['runbooks/deploy.runbook.md', true, null],
  ['release', false, null],
  ['', true, 'A name is needed'],
  ['.runbook.md', true, 'has to end in .runbook.md'],
  ['deploy.md', true, 'has to end in .runbook.md'],
  ['../deploy.runbook.md', true, 'inside the workspace folder'],
  ['/tmp/deploy.runbook.md', true, 'inside the workspace folder'],
  ['.git/deploy.runbook.md', true, 'inside the workspace folder'],
  ['a\\b.runbook.md', true, 'inside the workspace folder'],
  ['../release', false, 'inside the workspace folder'],
])('where it may go: %j', (written, isFile, problem) => {
  const said = whereProblem(written, isFile);
  if (problem === null) expect(said).toBeNull();
  else expect(said).toContain(problem);
});
