import { describe, expect, it } from 'vitest';
import { SNIPPETS } from '../../../src/core/language/snippets/snippets.ts';
import { snippetsAt } from '../../../src/core/language/snippets/snippetsAt.ts';
import { readSource } from '../../../src/core/language/source.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

/** A body as it stands before anything is filled in. */
const filled = (body: readonly string[]): string => body.join('\n').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d+/g, '').replace(/\\\$/g, '$');

const DECLARED = '---\nrunbook: 1\nbackups: { database: { keep: 5 } }\n---\n\n';
const documents = {
  body: (text: string): string => `${DECLARED}# R\n\n${text}\n`,
  frontMatter: (text: string): string => `---\nrunbook: 1\n${text}\n---\n\n# R\n\n- [ ] Look\n`,
  newFrontMatter: (text: string): string => `${text}\n# R\n\n- [ ] Look\n`,
};

describe('every snippet', () => {
  it.each(SNIPPETS.map((snippet) => [snippet.name, snippet] as const))('%s is read without a finding as it stands', (_, { place, body }) => {
    const text = documents[place](filled(body));
    const { diagnostics } = parseRunbook(text);
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(text).not.toContain('${');
  });

  it('makes what its name says', () => {
    const made = (name: string): ReturnType<typeof parseRunbook> => {
      const snippet = SNIPPETS.find((each) => each.name === name);
      if (snippet === undefined) throw new Error(name);
      return parseRunbook(documents[snippet.place](filled(snippet.body)));
    };
    expect(made('phase').sections.some(({ role, budgetSeconds, id }) => role === 'phase' && budgetSeconds === 600 && id === 'preparation')).toBe(true);
    expect(made('command').steps[0]).toMatchObject({ id: 'name', kind: 'command' });
    expect(made('check').steps[0]).toMatchObject({ check: true });
    expect(made('request').steps[0]).toMatchObject({ check: true });
    expect(made('undo').undos[0]?.stepIds).toEqual(['name']);
    expect(made('gate').steps.map(({ decision }) => decision)).toEqual(['go', 'no-go']);
    expect(made('sign-off').steps.map(({ kind }) => kind)).toEqual(['attestation', 'attestation']);
    expect(made('level').rollbackLevels[0]).toMatchObject({ level: 1, budgetSeconds: 120, verify: [{ text: expect.stringContaining('curl') as string }] });
    expect(made('environments').frontMatter.setup?.environments.map(({ name }) => name)).toEqual(['staging', 'production']);
    expect(made('inputs').frontMatter.setup?.inputs.map(({ name }) => name)).toEqual(['VERSION', 'TOKEN']);
    expect(made('monitors').frontMatter.triggers).toHaveLength(1);
    expect(made('package').frontMatter.package).toHaveLength(1);
  });

  it('has a name of its own', () => {
    expect(new Set(SNIPPETS.map(({ name }) => name)).size).toBe(SNIPPETS.length);
  });
});

describe('where snippets are offered', () => {
  const TEXT = '---\nrunbook: 1\nin\n---\n\n# R\n\nph\n\n- [ ] st\n\n```bash\nco\n```\n\nwords and le\n';
  const offered = (line: number, character: number): readonly string[] | null => snippetsAt(readSource(TEXT), { line, character })?.snippets.map(({ name }) => name) ?? null;

  it('between blocks, and among the keys of the front matter', () => {
    expect(offered(7, 2)).toContain('phase');
    expect(offered(7, 2)).not.toContain('inputs');
    expect(offered(2, 2)).toContain('inputs');
    expect(offered(2, 2)).not.toContain('phase');
    expect(snippetsAt(readSource(TEXT), { line: 7, character: 2 })?.range).toEqual({ start: { line: 7, character: 0 }, end: { line: 7, character: 2 } });
    expect(snippetsAt(readSource('ru'), { line: 0, character: 2 })?.snippets.map(({ name }) => name)).toContain('runbook');
  });

  it('without keys that the front matter has already', () => {
    const names = snippetsAt(readSource('---\nrunbook: 1\ntriggers: []\n\n---\n# R\n'), { line: 3, character: 0 })?.snippets.map(({ name }) => name);
    expect(names).toEqual(['environments', 'inputs', 'backups', 'package']);
  });

  it('and nowhere else', () => {
    for (const [line, character] of [[0, 3], [3, 3], [9, 8], [11, 7], [12, 2], [13, 3], [15, 12]] as const) expect(offered(line, character)).toBeNull();
    expect(offered(7, 2)).not.toContain('runbook');
  });
});
