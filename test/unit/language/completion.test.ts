import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { complete } from '../../../src/core/language/completion/complete.ts';
import { keysOf } from '../../../src/core/language/completion/frontMatter.ts';
import { keySnippet } from '../../../src/core/language/completion/frontMatterSnippets.ts';
import { narrow } from '../../../src/core/language/completion/narrow.ts';
import type { Completion } from '../../../src/core/language/completion/model.ts';
import { readSource } from '../../../src/core/language/source.ts';
import { applyEdits } from '../../../src/core/language/text.ts';
import { ATTRIBUTE_ROWS } from '../../../src/core/runbook/attributeTable.ts';
import { FRONT_MATTER_KEYS } from '../../../src/core/runbook/frontMatterTable.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { markdownTexts } from '../../fakes/markdownTexts.ts';

/** What is proposed at the mark. */
function at(marked: string): readonly Completion[] {
  const offset = marked.indexOf('|');
  const source = readSource(marked.replace('|', ''));
  return complete(source, source.lines.positionAt(offset));
}

const labels = (marked: string): readonly string[] => at(marked).map(({ label }) => label);

/** The text with a proposal taken, its tab stops filled with what they propose. */
function taken(marked: string, label: string): string {
  const item = at(marked).find((each) => each.label === label);
  expect(item, `${label} is proposed`).toBeDefined();
  return item === undefined ? '' : applyEdits(marked.replace('|', ''), [{ range: item.range, newText: filled(item.snippet) }]);
}

const filled = (snippet: string): string => snippet.replace(/\$\{\d+:((?:\\.|[^}])*)\}/g, '$1').replace(/(?<!\\)\$\d/g, '').replace(/\\([\\$}])/g, '$1');

const STEPS = '# R\n\n## Phase 1: A <!-- {#first} -->\n\n**Do**:\n\n```bash {#do}\nops/do\n```\n\n';

describe('in an annotation', () => {
  test('attributes that stand there and are not there yet', () => {
    const found = labels(`${STEPS}\`\`\`bash {timeout=5m |}\nops/x\n\`\`\`\n`);
    expect(found).toEqual(expect.arrayContaining(['#id', 'requires', 'undo', 'verify', 'env.']));
    expect(found).not.toContain('timeout');
    expect(found).not.toContain('soak');
  });

  test.each([
    ['a heading', '## Phase <!-- {|} -->\n', ['soak', 'budget'], ['timeout', 'evidence']],
    ['an item', '- [ ] Look <!-- {by=@sre |\n', ['evidence', 'approvers'], ['timeout', 'by']],
    ['an output block', '```bash\nx\n```\n```output {|}\ny\n```\n', ['match', 'exact'], ['timeout']],
    ['a request', '```http {check |}\nGET /\n```\n', ['header', 'contains'], ['timeout']],
  ])('on %s', (_, text, there, notThere) => {
    const found = labels(`# R\n\n${text}`);
    expect(found).toEqual(expect.arrayContaining(there));
    for (const name of notThere) expect(found).not.toContain(name);
  });

  test('what is said beside them is plain words', () => {
    for (const { detail } of at('# R\n\n```bash {|}\nx\n```\n')) expect(detail).not.toMatch(/[`*;:]/);
  });

  test('what is half typed is replaced, and what follows stays', () => {
    expect(taken('# R\n\n```bash {time| confirm}\nx\n```\n', 'timeout')).toBe('# R\n\n```bash {timeout= confirm}\nx\n```\n');
    expect(taken('# R\n\n```bash {#|}\nx\n```\n', '#id')).toBe('# R\n\n```bash {#name}\nx\n```\n');
  });

  test('ids of steps and sections, not its own, one of a list at a time', () => {
    expect(labels(`${STEPS}\`\`\`bash {#then requires=|}\nops/x\n\`\`\`\n`)).toEqual(['do', 'first']);
    expect(taken(`${STEPS}\`\`\`bash {#then requires=first,|}\nops/x\n\`\`\`\n`, 'do')).toContain('{#then requires=first,do}');
    expect(taken(`${STEPS}\`\`\`bash {#then requires=d|x,first}\nops/x\n\`\`\`\n`, 'do')).toContain('{#then requires=do,first}');
    expect(labels(`${STEPS}\`\`\`bash {undo=|}\nops/x\n\`\`\`\n`)).toEqual(['do']);
  });

  test('levels with their names, inputs and captured values, shells, times, backups', () => {
    const rest = '\n```bash {capture=SHA}\nx\n```\n\n## Rollback\n\n### Level 1: Toggle (2 min)\n\n```bash\nops/t\n```\n';
    const head = '---\ninputs: { VERSION: { description: Release } }\nbackups: { db: {} }\nenvironments: { production: {} }\n---\n';
    const of = (annotation: string): readonly (readonly [string, string])[] => at(`${head}${STEPS}\`\`\`bash {${annotation}|}\nops/x\n\`\`\`\n${rest}`).map(({ label, detail }) => [label, detail]);
    expect(of('level=')).toEqual([['1', 'Toggle · 2 min']]);
    expect(of('deploys=')).toEqual([['VERSION', 'input'], ['SHA', 'captured on line 20']]);
    expect(of('shell=z')).toContainEqual(['zsh', '']);
    expect(of('timeout=')).toContainEqual(['5m', '5 minutes']);
    expect(of('backup=')).toEqual([['db', '']]);
    expect(of('confirm="')).toEqual([['production', 'environment']]);
  });

  test('nothing of the way back is proposed to wait for', () => {
    expect(labels(`${STEPS}\`\`\`bash {requires=|}\nx\n\`\`\`\n\n## Rollback\n\n### Level 1: Back\n\n\`\`\`bash {#back}\ny\n\`\`\`\n`)).toEqual(['do', 'first']);
  });

  test('of a block that is not closed yet, what stands below it is known all the same', () => {
    expect(labels(`# R\n\n\`\`\`bash {requires=|\n\n${STEPS.slice(5)}`)).toEqual(expect.arrayContaining(['do', 'first']));
    expect(labels(`# R\n\n\`\`\`bash {requires=|\n`)).toEqual([]);
  });

  test('nothing inside quotes of something else, in prose, or behind its end', () => {
    expect(labels('# R\n\n```bash {title="a |"}\nx\n```\n')).toEqual([]);
    expect(labels('# R\n\nJust words {| here\n')).toEqual([]);
    expect(labels('# R\n\n```bash {check} |\nx\n```\n')).toEqual([]);
    expect(labels('# R\n\n- [ ] x <!-- {evidence} --> |\n')).toEqual([]);
  });
});

describe('in the front matter', () => {
  test('keys of the top that are not there yet', () => {
    const found = labels('---\nrunbook: 1\n|\n---\n# R\n');
    expect(found).toEqual(expect.arrayContaining(['title', 'environments', 'inputs', 'package']));
    expect(found).not.toContain('runbook');
  });

  test.each([
    ['inputs:\n  VERSION:\n    |', 'pattern'],
    ['inputs:\n  VERSION: { description: x, | }', 'pattern'],
    ['inputs: { VERSION: { | } }', 'pattern'],
    ['environments:\n  staging:\n    branch: dev\n    cl|', 'clean'],
    ['triggers:\n  - when: "a > 1"\n    |', 'level'],
    ['triggers:\n  - { wh| }', 'when'],
    ['triggers: [ { | } ]', 'when'],
    ['monitors:\n\n  # what is measured\n  rate:\n    |', 'command'],
  ])('%j: its keys', (yaml, key) => {
    expect(labels(`---\n${yaml}\n---\n# R\n`)).toContain(key);
  });

  test.each([
    ['shell: |', 'zsh'],
    ['timeout: |', '15m'],
    ['inputs:\n  VERSION: { secret: | }', 'true'],
    ['environments:\n  production:\n    confirm: |', 'production'],
    ['monitors: { rate: { command: x, unit: "%" } }\ntriggers:\n  - when: |', '"rate > 5%"'],
    ['triggers:\n  - { when: "a > 1", level: | }', '1'],
    ['environments: { staging: {} }\nbackups:\n  db:\n    keep:\n      |', 'staging'],
    ['runbook: |', '1'],
  ])('%j: its values', (yaml, value) => {
    expect(labels(`---\n${yaml}\n---\n# R\n\n## Rollback\n\n### Level 1: Back\n\n\`\`\`bash\nx\n\`\`\`\n`)).toContain(value);
  });

  test.each([['names of inputs are free', 'inputs:\n  |'], ['a comment', 'title: x # |'], ['a text', 'title: |'], ['below its end', '---\n# R\n|']])('nothing: %s', (_, yaml) => {
    expect(labels(`---\n${yaml}\n---\n# R\n`)).toEqual([]);
  });
});

test('languages of fences', () => {
  expect(taken('# R\n\n```ba|\nx\n```\n', 'bash')).toBe('# R\n\n```bash\nx\n```\n');
  expect(labels('# R\n\n```|\nx\n```\n')).toEqual(expect.arrayContaining(['bash', 'output', 'http']));
  expect(labels('# R\n\n```bash\nx\n```|\n')).toEqual([]);
});

test('values behind the $ of a shell', () => {
  const head = '---\ninputs: { VERSION: {} }\nenvironments: { staging: { env: { URL: x } } }\n---\n# R\n\n';
  expect(labels(`${head}\`\`\`bash\necho "$V|"\n\`\`\`\n`)).toEqual(['VERSION', 'URL']);
  expect(taken(`${head}\`\`\`bash\necho "\${V|}"\n\`\`\`\n`, 'VERSION')).toContain('echo "${VERSION}"');
  expect(taken(`${head}\`\`\`pwsh\necho $|\n\`\`\`\n`, 'env:VERSION')).toContain('echo $env:VERSION');
  expect(labels(`${head}\`\`\`bash\necho \\$|\n\`\`\`\n`)).toEqual([]);
  expect(labels(`${head}\`\`\`python\necho $|\n\`\`\`\n`)).toEqual([]);
});

describe('what is put there is right', () => {
  test.each(ATTRIBUTE_ROWS.map(([name]) => name))('%s is proposed on every place that its row names, with documentation', (name) => {
    const shape = ATTRIBUTE_ROWS.find(([known]) => known === name)?.[1];
    const places = { fence: '```bash {|}\nx\n```\n', rollback: '```bash {|}\nx\n```\n', output: '```bash\nx\n```\n```output {|}\nx\n```\n', http: '```http {|}\nGET /\n```\n', item: '- [ ] x <!-- {|} -->\n', heading: '## x <!-- {|} -->\n' } as const;
    for (const place of shape?.on ?? []) {
      const item = at(`# R\n\n${places[place]}`).find(({ label }) => label === (name === 'env.NAME' ? 'env.' : name));
      expect(item?.documentation).toContain(shape?.example);
    }
  });

  test.each([...FRONT_MATTER_KEYS.keys()])('the beginning of %s is YAML that the parser takes', (key) => {
    const shape = FRONT_MATTER_KEYS.get(key);
    const snippet = shape === undefined ? '' : filled(keySnippet(key, shape, true));
    const begun = snippet.endsWith(': ') ? snippet + (key === 'title' ? 'x' : key === 'shell' ? 'bash' : '15m') : snippet;
    const monitor = key === 'triggers' ? 'monitors: { error_rate: { command: x, every: 30s } }\n' : '';
    const text = `---\n${monitor}${begun}\n---\n# R\n\n## Rollback\n\n### Level 1: Back\n\n\`\`\`bash\nx\n\`\`\`\n`;
    expect(parseRunbook(text).diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  test('keys that hold things have keys of their own', () => {
    expect([...keysOf(['inputs', 'X']).keys()]).toContain('secret');
    expect([...keysOf(['inputs']).keys()]).toEqual([]);
  });
});

test('any text at any place: nothing is thrown, and what is replaced is around the cursor on one line', () => {
  fc.assert(fc.property(markdownTexts, fc.nat(400), (text, seed) => {
    const source = readSource(text);
    const cursor = source.lines.positionAt(seed % (text.length + 1));
    for (const { range, label, snippet } of complete(source, cursor)) {
      expect(range.start.line === cursor.line && range.end.line === cursor.line).toBe(true);
      expect(range.start.character <= cursor.character && cursor.character <= range.end.character && range.end.character <= source.lines.lineText(cursor.line).length).toBe(true);
      expect(label === '' || snippet === '').toBe(false);
    }
  }), { numRuns: 1_000 });
});

test('of a thousand the first that go with what is typed are proposed', () => {
  const text = `# R\n\n${Array.from({ length: 1_000 }, (_, at) => `- [ ] Look at ${String(at)}\n`).join('')}\n- [ ] Own <!-- {#own} -->\n- [ ] Then <!-- {requires=|} -->\n`;
  const all = at(text);
  expect(all.length).toBeGreaterThan(1_000);
  const all300 = narrow(all, '');
  expect([all300.found.length, all300.isPart, all300.found[0]?.label]).toEqual([300, true, 'own']);
  expect(narrow(all, 'at-999').found.map(({ label }) => label)).toEqual(['r/look-at-999']);
  expect(narrow(all.slice(0, 10), 'zzz')).toEqual({ found: all.slice(0, 10), isPart: false });
});
