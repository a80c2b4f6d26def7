import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lint } from '../../../../src/core/language/diagnostics/lint.ts';
import { fixesFor, safeEdits } from '../../../../src/core/language/fixes/fixesFor.ts';
import { readSource } from '../../../../src/core/language/source.ts';
import { applyEdits } from '../../../../src/core/language/text.ts';
import { DIAGNOSTIC_DOCS } from '../../../../src/core/runbook/diagnosticDocs.ts';
import type { Runbook } from '../../../../src/core/runbook/model.ts';
import { parseRunbook } from '../../../../src/core/runbook/parse.ts';
import { offered } from './offered.ts';

const LEVEL = '\n## Rollback\n\n### Level 1: Back\n\n```bash\nops/back\n```\n\n```bash {verify}\nops/look\n```\n';
const step = (annotation: string, command = 'ops/do'): string => `# R\n\n**Do**:\n\n\`\`\`bash${annotation === '' ? '' : ` ${annotation}`}\n${command}\n\`\`\`\n`;

const titles = (marked: string): readonly string[] => offered(marked).fixes.map(({ title }) => title);

/** The text after the fix whose title begins so. */
function fixed(marked: string, title: string): string {
  const { text, fixes } = offered(marked);
  const fix = fixes.find((each) => each.title.startsWith(title));
  expect(fix, `"${title}" of ${fixes.map((each) => each.title).join(', ')}`).toBeDefined();
  return applyEdits(text, fix?.edits ?? []);
}

const codes = (text: string): readonly string[] => lint(readSource(text)).map(({ code }) => code);
const commandsOf = ({ steps }: Runbook): readonly string[] => steps.flatMap(({ commands }) => commands.map(({ text }) => text));

describe('a misspelt word is corrected', () => {
  test.each<readonly [string, string, string, string]>([
    ['an attribute', step('{t|imeuot=5m}'), 'Change to “timeout”', '{timeout=5m}'],
    ['a shell', step('{shell="z|ssh"}'), 'Change to “zsh”', '{shell="zsh"}'],
    ['one step of several', step('{#do}') + step('{requires=do,d|oo}').slice(4), 'Change to “do”', '{requires=do,do}'],
    ['a key', `---\nti|tel: Deploy\n---\n${step('')}`, 'Change to “title”', 'title: Deploy'],
    ['a value of the front matter, in its quotes', `---\nshell: "b|sh"\n---\n${step('')}`, 'Change to “bash”', 'shell: "bash"'],
    ['an environment', `---\nenvironments: { production: {} }\nbackups: { db: { keep: { pr|odution: 3 } } }\n---\n${step('')}`, 'Change to “production”', 'keep: { production: 3 }'],
    ['a value by its name', `---\ninputs: { VERSION: {} }\n---\n${step('{deploys=VER|SON}')}`, 'Change to “VERSION”', '{deploys=VERSION}'],
    ['a backup', `---\nbackups: { orders: {} }\n---\n${step('{restore=or|der}')}`, 'Change to “orders”', '{restore=orders}'],
    ['a code of a lint comment', `# R\n\n<!-- runbook-lint-disable no-rol|lbck -->\n\n${step('').slice(4)}`, 'Change to “no-rollback”', 'disable no-rollback -->'],
  ])('%s', (_, marked, title, expected) => {
    const after = fixed(marked, title);
    expect(after).toContain(expected);
    expect(codes(`${after}${LEVEL}`).filter((code) => code.startsWith('unknown') || code === 'bad-value')).toEqual([]);
  });

  test('a level is chosen by its author', () => {
    expect(codes(fixed(`${step('{irreversible=|7}')}${LEVEL}`, 'Change to level 1 (Back)'))).not.toContain('unknown-level');
  });
});

describe('what has no effect is taken out', () => {
  test('the second of two attributes', () => {
    expect(fixed(`${step('{timeout=5m tim|eout=6m #do}')}${LEVEL}`, 'Remove')).toContain('```bash {timeout=5m #do}\n');
  });

  test('a comment that hides nothing, with its line', () => {
    const marked = `${step('')}\n<!-- runbook-lint-disable bad|-value -->\n${LEVEL}`;
    expect(fixed(marked, 'Remove')).toBe(`${step('')}\n${LEVEL}`);
  });

  test('one code of a comment, so that the others still hold', () => {
    const after = fixed(`${step('', 'ops/do <version>')}\n<!-- runbook-lint-disable bad|-value, no-rollback -->\n`, 'Remove');
    expect(after).toContain('<!-- runbook-lint-disable no-rollback -->');
  });

  test('all at once, and nothing that runs is changed by it', () => {
    const text = `${step('{timeuot=1m timeout=5m timeout=6m timeout=7m}')}\n<!-- runbook-lint-disable bad-value -->\n\n<!-- runbook-lint-disable bad-value, bad-request -->\n${LEVEL}`;
    const source = readSource(text);
    const after = applyEdits(text, safeEdits(source, lint(source)));
    expect(after).toContain('{timeuot=1m timeout=5m}');
    expect(after).not.toContain('disable bad-value -->');
    // One by one they would leave a comment that hides everything.
    expect(after).toContain('<!-- runbook-lint-disable bad-value, bad-request -->');
    const runs = ({ steps }: Runbook): unknown => steps.map(({ id, commands }) => [id, commands.map(({ text: command, options }) => [command, options])]);
    expect(runs(parseRunbook(after))).toEqual(runs(source.runbook));
  });

  test('what cannot be seen in a command, and look-alikes are left to be looked at', () => {
    const after = fixed(`${step('', 'ops/do\u00a0--a\u200bl|l "\u202e"')}${LEVEL}`, 'Remove what cannot be seen');
    expect(commandsOf(parseRunbook(after))[0]).toBe('ops/do --all ""\n');
    expect(titles(`${step('', 'ops/d\u043e|')}${LEVEL}`).filter((title) => title.startsWith('Remove'))).toEqual([]);
  });
});

describe('an id', () => {
  const idOf = (text: string, title: string): string | undefined => parseRunbook(text).steps.find((each) => each.title === title)?.id;

  test.each<readonly [string, string, string]>([
    ['of a block without an annotation', `${step('').replace('ops/do', 'ops/|do')}${LEVEL}`, '```bash {#do}\n'],
    ['of a block with one', `${step('{timeout=5m}').replace('ops/do', 'ops/|do')}${LEVEL}`, '```bash {#do timeout=5m}\n'],
    ['of an item', '# R\n\n- [ ] Do| it\n', '- [ ] Do it <!-- {#do-it} -->\n'],
    ['of an item of several lines', '# R\n\n- [ ] Do| it\n  with care\n\n- [ ] Then\n', 'with care <!-- {#do-it-with-care} -->\n'],
    ['of a section', '# R\n\n## Build| it\n\n- [ ] Now\n', '## Build it <!-- {#build-it} -->\n'],
    ['of a section with closing marks', '# R\n\n## Build| it ##\n\n- [ ] Now\n', '## Build it <!-- {#build-it} --> ##\n'],
  ])('%s', (_, marked, expected) => {
    const after = fixed(marked, 'Give this');
    expect(after).toContain(expected);
    const id = /\{#([\w-]+)/.exec(expected)?.[1] ?? '';
    const { steps, sections } = parseRunbook(after);
    expect([...steps, ...sections].map((each) => each.id)).toContain(id);
  });

  test('is not offered to what has one, and keeps what named the step by its words', () => {
    expect(titles(`${step('{#do}').replace('ops/do', 'ops/|do')}${LEVEL}`)).toEqual(['Add a block that takes #do back']);
    const marked = '# R\n\n## Build\n\n- [ ] Do| it\n- [ ] Then <!-- {requires=build/do-it} -->\n';
    const after = fixed(marked, 'Give this');
    expect(after).toContain('{requires=do-it}');
    expect(parseRunbook(after).diagnostics).toEqual([]);
    expect(idOf(after, 'Do it')).toBe('do-it');
  });

  test('is never one that is taken', () => {
    const after = fixed(`# R\n\n**Do**:\n\n\`\`\`bash {#do}\nops/a\n\`\`\`\n\n**Do**:\n\n\`\`\`bash\nops/|b\n\`\`\`\n${LEVEL}`, 'Give this');
    expect(parseRunbook(after).steps.map(({ id }) => id).slice(0, 2)).toEqual(['do', 'do-2']);
    expect(codes(after)).toEqual([]);
  });
});

describe('a way back', () => {
  test('is a block with a question, which is reported as long as it is one, and does not count', () => {
    const after = fixed(step('').replace('**Do**', '**Do**').replace('ops/do', 'ops/|do'), 'Add a block');
    expect(after).toContain('```bash {#do}\n');
    expect(after).toContain('```bash {undo=do}\n# How is it taken back?\n```\n');
    expect(codes(after)).toContain('only-comments');
    expect(parseRunbook(after).undos).toEqual([]);
    const filled = after.replace('# How is it taken back?', 'ops/undo');
    expect(codes(filled)).toEqual([]);
    expect(parseRunbook(filled).undos.map(({ stepIds }) => stepIds)).toEqual([['do']]);
  });

  test('stands inside the item of its step, below the output of its block', () => {
    const after = fixed('# R\n\n1. Do it\n\n   ```bash\n   ops/|do\n   ```\n\n   ```output\n   done\n   ```\n\n2. Then\n\n   ```bash\n   ops/then\n   ```\n', 'Add a block');
    const filled = parseRunbook(after.replace('# How is it taken back?', 'ops/undo'));
    expect(filled.steps.map(({ title, commands }) => [title, commands.length])).toEqual([['Do it', 1], ['Then', 1]]);
    expect(filled.steps[0]?.commands[0]?.expectedOutput).toBe('done');
    expect(filled.undos.map(({ stepIds }) => stepIds)).toEqual([['do-it']]);
  });

  test('is not offered for what only looks, has one, or cannot be taken back', () => {
    const none = (marked: string): void => expect(titles(marked).filter((title) => title.startsWith('Add a block'))).toEqual([]);
    none(`${step('{#do irreversible}').replace('ops/do', 'ops/|do')}${LEVEL}`);
    none(`# R\n\n## Verification\n\n\`\`\`bash\nops/|look\n\`\`\`\n`);
    none(`${step('{#do}').replace('ops/do', 'ops/|do')}\n\`\`\`bash {undo=do}\nops/undo\n\`\`\`\n`);
  });

  test('a rollback level gets its check below its commands', () => {
    const after = fixed(`${step('')}\n## Rollback\n\n### Le|vel 1: Back\n\n\`\`\`bash\nops/back\n\`\`\`\n\n### Level 2: Further\n\n\`\`\`bash\nops/further\n\`\`\`\n`, 'Add a check');
    expect(codes(after)).toContain('only-comments');
    const filled = parseRunbook(after.replace(/# How is it seen.*/, 'ops/look'));
    expect(filled.rollbackLevels.map(({ verify }) => verify.map(({ text }) => text))).toEqual([['ops/look\n'], []]);
  });
});

describe('a placeholder becomes an input', () => {
  const inputsOf = ({ frontMatter }: Runbook): readonly string[] => (frontMatter.setup?.inputs ?? []).map(({ name }) => name);

  test('at all of its places, quoted as each needs it, with front matter made for it', () => {
    const text = `${step('', 'ops/do <ver|sion> "to <version>" \'as <version>\'')}\n**Say**:\n\n\`\`\`fish\nops/say <version>\n\`\`\`\n${LEVEL}`;
    const after = fixed(text, 'Make it the input VERSION');
    const runbook = parseRunbook(after);
    expect(inputsOf(runbook)).toEqual(['VERSION']);
    expect(commandsOf(runbook).slice(0, 2)).toEqual(['ops/do "${VERSION}" "to ${VERSION}" \'as \'"${VERSION}"\'\'\n', 'ops/say "$VERSION"\n']);
    expect(codes(after)).toEqual([]);
  });

  test.each<readonly [string, string, string]>([
    ['without inputs', 'title: Deploy', 'title: Deploy\ninputs:\n  VERSION: { description: "version" }\n---'],
    ['with inputs in a block', 'inputs:\n    HOST:\n      required: false', 'inputs:\n    VERSION: { description: "version" }\n    HOST:'],
    ['with inputs on one line', 'inputs: { HOST: {} }', 'inputs: { VERSION: { description: "version" }, HOST: {} }'],
    ['with no inputs yet', 'inputs: {}', 'inputs: { VERSION: { description: "version" } }'],
    ['with an empty key', 'inputs:', 'inputs:\n  VERSION: { description: "version" }\n---'],
  ])('in front matter %s', (_, yaml, expected) => {
    const after = fixed(`---\n${yaml}\n---\n${step('', 'ops/do <ver|sion>')}${LEVEL}`, 'Make it');
    expect(after).toContain(expected);
    const runbook = parseRunbook(after);
    expect(inputsOf(runbook)).toContain('VERSION');
    expect(runbook.frontMatter.setup?.problem).toBeNull();
    expect(codes(after)).toEqual([]);
  });

  test('uses an input that is there, and takes another name when something else has it', () => {
    const there = fixed(`---\ninputs: { VERSION: {} }\n---\n${step('', 'ops/do <ver|sion>')}${LEVEL}`, 'Make it the input VERSION');
    expect(inputsOf(parseRunbook(there))).toEqual(['VERSION']);
    expect(titles(`${step('', 'VERSION=3; ops/do <ver|sion>')}${LEVEL}`)).toContain('Make it the input VERSION_INPUT');
    expect(titles(`${step('', 'ls <pa|th>')}${LEVEL}`)).toContain('Make it the input PATH_INPUT');
  });

  test('asks for harmless values where a block evaluates strings', () => {
    const after = fixed(`${step('', 'ssh host "deploy <ver|sion>"')}${LEVEL}`, 'Make it');
    expect(parseRunbook(after).frontMatter.setup?.inputs[0]?.pattern).toBe('[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]*');
    expect(codes(after)).toEqual([]);
  });

  test('also in requests, and in terminal sessions with their prompts', () => {
    const request = fixed(`# R\n\n**Ask**:\n\n\`\`\`http {check}\nGET http://127.0.0.1/{{ver|sion}}\n\`\`\`\n${LEVEL}`, 'Make it');
    expect(request).toContain('GET http://127.0.0.1/{{VERSION}}');
    const session = fixed(`# R\n\n\`\`\`console\n$ ops/do <ver|sion>\ndone\n\`\`\`\n${LEVEL}`, 'Make it');
    expect(session).toContain('$ ops/do "${VERSION}"\ndone\n');
  });

  test('is not offered where a place is not safe', () => {
    const isOffered = (marked: string): boolean => titles(marked).some((title) => title.startsWith('Make it'));
    expect(isOffered(`${step('', "cat <<'END'\n<ver|sion>\nEND")}${LEVEL}`)).toBe(false);
    expect(isOffered(`# R\n\n\`\`\`cmd\nops/do <ver|sion>\n\`\`\`\n${LEVEL}`)).toBe(false);
    expect(isOffered(`---\n[\ntitle: a\n---\n${step('', 'ops/do <ver|sion>')}${LEVEL}`)).toBe(false);
  });
});

describe('a checklist becomes phases', () => {
  test('with the labels above its lists', () => {
    const after = fixed('# R\n\nBefore it:\n\n- [ ] One|\n  - [ ] Half\n\n- [ ] Two\n\n**After it**:\n- [ ] Three\n', 'Make 2 phases');
    const { sections, steps } = parseRunbook(after);
    expect(sections.map(({ title, role }) => [title, role])).toEqual([['R', null], ['Phase 1: Before it', 'phase'], ['Phase 2: After it', 'phase']]);
    expect(steps.map(({ title }) => title)).toEqual(['One', 'Half', 'Two', 'Three']);
  });

  test('without labels, and not where there are headings already', () => {
    expect(fixed('- [ ] One|\n- [ ] Two\n', 'Make a phase')).toBe('## Phase 1: Steps\n\n- [ ] One\n- [ ] Two\n');
    expect(titles('# R\n\n## Build\n\n- [ ] One|\n').filter((title) => title.includes('phase'))).toEqual([]);
  });
});

describe('a block becomes steps', () => {
  const split = (body: string): string => fixed(step('', body), 'Split this block');
  const isOffered = (body: string): boolean => titles(step('', body)).some((title) => title.startsWith('Split'));

  test('at its comments and empty lines; no command is lost or changed', () => {
    const runbook = parseRunbook(split('# Build it\ncd app\nmake all|\n\n# Ship it: now\n./ship --to prod > "log_1"\n\nls -l'));
    expect(runbook.steps.map(({ title, commands }) => [title, commands.map(({ text }) => text)])).toEqual([
      ['Build it', ['cd app\nmake all\n']],
      ['Ship it: now', ['./ship --to prod > "log_1"\n']],
      ['ls -l', ['ls -l\n']],
    ]);
  });

  test.each([
    ['a here-document', 'cat <<END|\n\na\nEND'],
    ['a line that goes on', 'ops/a \\|\n\n  --b\n\nops/c'],
    ['a pipe that goes on', 'ops/a ||\n\n  ops/b'],
    ['a function', 'go() {|\n  ops/a\n\n}\n\ngo'],
    ['a loop', 'for a in b; do|\n  ops/a\n\ndone'],
    ['an option of the shell', 'set -e|\n\nops/a\n\nops/b'],
    ['a variable that is not exported', 'A=1|\n\necho "$A"'],
    ['a variable of a command', '  A=$(date)|\n\necho "$A"'],
    ['a job', 'ops/a &|\n\nwait'],
    ['an exit code', 'ops/a|\n\necho $?'],
    ['text over several lines', 'echo "a|\n\nb"'],
    ['a file that is read in', '. ./env|\n\nops/a'],
    ['an early end', 'ops/a || exit 1|\n\nops/b'],
    ['one part alone', '# Do it\nops/a|\nops/b'],
    ['a comment at its end', 'ops/a|\n\n# and then'],
  ])('not with %s', (_, body) => {
    expect(isOffered(body)).toBe(false);
  });

  test('not inside an item, whose blocks are one step, and not with an annotation', () => {
    expect(titles('# R\n\n1. Do\n\n   ```bash\n   ops/a|\n\n   ops/b\n   ```\n').filter((title) => title.startsWith('Split'))).toEqual([]);
    expect(titles(step('{timeout=5m}', 'ops/a|\n\nops/b')).filter((title) => title.startsWith('Split'))).toEqual([]);
  });
});

describe('hiding a finding', () => {
  test.each<readonly [string, string]>([
    ['in a block', `${step('', 'ops/do <ver|sion>')}${LEVEL}`],
    ['at an indented block', `# R\n\n1. Do\n\n   \`\`\`bash\n   ops/do <ver|sion>\n   \`\`\`\n${LEVEL}`],
    ['at a heading', `${step('')}\n## Rollback\n\n### Le|vel 1: Back\n`],
    ['in the front matter', `---\nshell: bash\nti|tel: Deploy\n---\n${step('')}${LEVEL}`],
  ])('%s, here or everywhere', (_, marked) => {
    const before = codes(offered(marked).text);
    expect(before.length).toBeGreaterThan(0);
    for (const where of ['here', 'in this document']) {
      const { fixes, text } = offered(marked);
      const hides = fixes.filter(({ title }) => title.startsWith('Hide') && title.endsWith(where));
      expect(hides.length).toBeGreaterThan(0);
      const after = hides.map(({ edits }) => codes(applyEdits(text, edits)));
      expect(after).toEqual(hides.map(({ findings }) => before.filter((code) => code !== findings[0]?.code)));
    }
  });

  test('comes last, and never for what the comments themselves are told', () => {
    expect(titles(`${step('{t|imeuot=5m}')}${LEVEL}`)).toEqual(['Change to “timeout”', 'Add a block that takes #do back', 'Give this step the id #do', 'Hide unknown-attribute here', 'Hide unknown-attribute in this document']);
    expect(titles(`${step('')}\n<!-- runbook-lint-disable bad|-value -->\n${LEVEL}`).filter((title) => title.startsWith('Hide'))).toEqual([]);
  });
});

test('whatever stands in a document, no fix throws, and each leaves a text that can be read', () => {
  const parts = [...Object.values(DIAGNOSTIC_DOCS).flatMap(({ example }) => example ?? []), '```bash {', '\r\n', '> - [ ] a', '\u202e', '---\n', 'inputs: {', '1. [ ] b <!-- {', '**a**:\n'];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 8 })), { maxLength: 4 }), fc.nat(), (pieces, at) => {
      const text = pieces.join('');
      const source = readSource(text);
      const place = source.lines.positionAt(text.length === 0 ? 0 : at % text.length);
      for (const { edits } of fixesFor(source, { start: place, end: source.lines.lineRange(place.line).end }, lint(source))) {
        for (const { range } of edits) expect(range.end.line).toBeLessThan(source.lines.count + 1);
        lint(readSource(applyEdits(text, edits)));
      }
    }),
    { numRuns: 150 },
  );
});
