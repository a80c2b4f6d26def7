import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const fence = (info: string, ...lines: string[]): string => ['```' + info, ...lines, '```', ''].join('\n');
const codes = (text: string): string[] => parseRunbook(text).diagnostics.map(({ code }) => code);

describe('check', () => {
  it('makes a step that only looks', () => {
    const runbook = parseRunbook(`# T\n\n${fence('bash {#health check}', 'x')}\n1. [ ] Look\n   \`\`\`sh {check}\n   y\n   \`\`\`\n`);
    expect(runbook.steps.map(({ check, aside }) => [check, aside])).toEqual([[true, false], [true, false]]);
    expect(runbook.diagnostics).toEqual([]);
  });

  it('is said to do nothing on one of several commands of an item', () => {
    const text = '1. [ ] Look\n   ```sh {check}\n   y\n   ```\n   ```sh {check}\n   z\n   ```\n';
    expect(parseRunbook(text).steps[0]?.check).toBe(false);
    expect(codes(text)).toEqual(['check-of-several']);
  });

  it('in a rollback section verifies its level and is no command of it', () => {
    const runbook = parseRunbook(`# T\n\n## Rollback\n\n### Level 1: Off\n\n${fence('bash', 'off')}\n${fence('bash {check}', 'ask')}`);
    expect(runbook.rollbackLevels[0]?.commands.map(({ text }) => text)).toEqual(['off\n']);
    expect(runbook.rollbackLevels[0]?.verify.map(({ text }) => text)).toEqual(['ask\n']);
    expect(runbook.steps[0]).toMatchObject({ check: true, verifies: true, aside: true });
  });
});

describe('retry= and every=', () => {
  it.each([
    ['retry=3 every=10s', { times: 3, everySeconds: 10 }],
    ['retry=2', { times: 2, everySeconds: 5 }],
  ])('%s', (attributes, repeat) => {
    const runbook = parseRunbook(fence(`sh {${attributes}}`, 'x'));
    expect(runbook.steps[0]?.commands[0]?.options.repeat).toEqual(repeat);
    expect(runbook.diagnostics).toEqual([]);
  });

  it.each(['retry', 'retry=1', 'retry=101', 'retry=x', 'every=5s', 'retry=3 every=soon', 'retry=3 every=2h'])('%s is reported and tried once', (attributes) => {
    const text = fence(`sh {${attributes}}`, 'x');
    expect(codes(text)).toEqual(['bad-value']);
    expect(parseRunbook(text).steps[0]?.commands[0]?.options.repeat).toBe(null);
  });
});

describe('an http fence', () => {
  it('with check is a request, and says what is expected of its answer', () => {
    const runbook = parseRunbook(fence('http {check expect=200,204 contains="up" header="Content-Type: json" timeout=3s}', 'GET http://127.0.0.1:1/health', 'Accept: */*'));
    expect(runbook.steps[0]?.commands[0]).toMatchObject({
      language: 'http',
      options: { timeoutSeconds: 3, expects: { exit: [], output: [{ kind: 'status', codes: [200, 204] }, { kind: 'contains', text: 'up' }, { kind: 'header', name: 'Content-Type', text: 'json' }] } },
    });
    expect(runbook.steps[0]?.check).toBe(true);
    expect(runbook.diagnostics).toEqual([]);
  });

  it('without check stays content', () => {
    for (const info of ['http', 'http {#checked}', 'http {title="no check-up"}']) expect(parseRunbook(fence(info, 'GET http://x/')).steps).toEqual([]);
  });

  it('is success with status 200 unless it says otherwise', () => {
    expect(parseRunbook(fence('http {check}', 'http://x/')).steps[0]?.commands[0]?.options.expects.output).toEqual([{ kind: 'status', codes: [200] }]);
  });

  it.each(['expect=ok', 'expect=99', 'contains', 'header', 'header=": x"', 'exit=0'])('%s is reported', (attribute) => {
    expect(codes(fence(`http {check ${attribute}}`, 'GET http://x/'))).toEqual(['bad-value']);
  });

  it.each(['FETCH http://x/', 'GET /health', 'GET ftp://x/', 'GET http://user:secret@x/', 'GET http://x/\nno header', 'GET http://x/\n\nbody'])('%j is no request', (text) => {
    expect(codes(fence('http {check}', text))).toEqual(['bad-request']);
  });

  it('asks only for {{name}}', () => {
    const runbook = parseRunbook(fence('http {check}', 'POST {{base}}/a', '', '{"list": [id], "x": <y>}'));
    expect(runbook.steps[0]?.commands[0]?.placeholders.map(({ name }) => name)).toEqual(['base']);
  });
});

describe('a check that holds only comments', () => {
  const messageOf = (text: string): string => parseRunbook(text).diagnostics.find(({ code }) => code === 'only-comments')?.message ?? '';
  const block = (info: string): string => `\`\`\`bash ${info}\n# curl the service\n\`\`\`\n`;
  const inItem = (info: string): string => `# T\n\n- [ ] Check health\n\n  ${block(info).trimEnd().replace(/\n/g, '\n  ')}\n`;

  it('leaves an item that is ticked by hand, and says so', () => {
    expect(parseRunbook(inItem('{check}')).steps.map(({ kind, commands }) => [kind, commands.length])).toEqual([['manual', 0]]);
    expect(messageOf(inItem('{check}'))).toContain('it is ticked by hand now, and nothing is checked by that. Write its commands.');
  });

  it('leaves no step where there is no item, and says so with the guards that went with it', () => {
    const text = `# T\n\n${block('{#health check by=@sre confirm}')}`;
    expect(parseRunbook(text).steps).toEqual([]);
    expect(messageOf(text)).toContain('There is no step for it. What its annotation asks for (#health, confirm, by) is not asked for either.');
    expect(messageOf(`# T\n\n${block('{check}')}`)).toContain('There is no step for it. Write its commands.');
  });

  it('an undo block says nothing of a step that it never was', () => {
    expect(messageOf(`# T\n\n${block('{undo=deploy confirm}')}`)).toMatch(/does not count\. Write its commands\.$/);
  });
});
