import { describe, expect, test } from 'vitest';
import { inspection } from '../../../src/core/runbook/inspect.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const found = (text: string): readonly unknown[] => parseRunbook(text).diagnostics.map(({ code, line, subject, suggestion }) => [code, line, subject, suggestion]);

const fence = (annotation: string): string => `# R\n\n**Do**:\n\n\`\`\`bash ${annotation}\nops/do\n\`\`\`\n`;
const front = (yaml: string): string => `---\n${yaml}\n---\n# R\n`;

/** What a finding is about, and what was probably meant. */
describe('findings name the word that they are about', () => {
  test.each<readonly [string, string, readonly unknown[]]>([
    ['a misspelt attribute', fence('{timeuot=5m}'), ['unknown-attribute', 5, 'timeuot', 'timeout']],
    ['an attribute that is nothing like a known one', fence('{colour=red}'), ['unknown-attribute', 5, 'colour', undefined]],
    ['a value', fence('{timeout=soon}'), ['bad-value', 5, 'soon', undefined]],
    ['a misspelt shell', fence('{shell=zssh}'), ['bad-value', 5, 'zssh', 'zsh']],
    ['an attribute without its value', fence('{capture}'), ['bad-value', 5, 'capture', undefined]],
    ['an attribute given twice', fence('{timeout=5m timeout=6m}'), ['duplicate-attribute', 5, 'timeout', undefined]],
    ['a step that is not there', fence('{#deploy requires=deplyo}'), ['unknown-step', 5, 'deplyo', 'deploy']],
    ['an undone step that is not there', `${fence('{#deploy}')}\n\`\`\`bash {undo=deplyo}\nops/back\n\`\`\`\n`, ['unknown-step', 9, 'deplyo', 'deploy']],
    ['an id that is used twice', `${fence('{#deploy}')}\n**Again**:\n\n\`\`\`bash {#deploy}\nops/do\n\`\`\`\n`, ['duplicate-id', 11, 'deploy', undefined]],
    ['a level that is not there', fence('{irreversible=3}'), ['unknown-level', 5, '3', undefined]],
    ['a key of the front matter', front('titel: Deploy'), ['unknown-key', 2, 'titel', 'title']],
    ['a key of an environment', front('environments:\n  prod: { confrim: true }'), ['unknown-key', 3, 'confrim', 'confirm']],
    ['a shell of the front matter', front('shell: bsh'), ['bad-value', 2, 'bsh', 'bash']],
    ['an environment that is not there', front('environments: { production: {} }\nbackups: { db: { keep: { prodution: 3 } } }'), ['bad-value', 3, 'prodution', 'production']],
    ['a backup that is not declared', `---\nbackups: { orders: {} }\n---\n${fence('{restore=order}')}`, ['unknown-backup', 8, 'order', 'orders']],
    ['a value that nothing gives', `---\ninputs: { VERSION: {} }\n---\n${fence('{deploys=VERSON}')}`, ['unknown-value', 8, 'VERSON', 'VERSION']],
    ['a metric without a monitor', front('monitors: { error_rate: { command: ./rate } }\ntriggers: [ { when: "eror_rate > 5%" } ]'), ['no-monitor', 3, 'eror_rate', 'error_rate']],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toContainEqual(expected);
  });

  test('and what is printed for machines keeps its shape', () => {
    const printed = inspection('r.md', parseRunbook(fence('{timeuot=5m}')))['diagnostics'] as readonly object[];
    expect(printed.map((each) => Object.keys(each))).toEqual([['severity', 'code', 'message', 'line']]);
  });
});
