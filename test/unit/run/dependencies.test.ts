import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { waitOf, waitWords } from '../../../src/core/run/order.ts';
import { layoutGraph, type Arrow } from '../../../src/core/view/graph/layout.ts';
import { EMPTY_RUN } from '../../../src/core/run/evolve.ts';
import type { RunState } from '../../../src/core/run/state.ts';
import { withRecord, blankRecord } from '../../../src/core/run/evolveStep.ts';

const done = (...ids: readonly string[]): RunState => ids.reduce<RunState>((state, id) => withRecord(state, { ...blankRecord(id), status: 'done', doneBy: 'tick' }), { ...EMPTY_RUN, runId: 'r' });
const waitsFor = (text: string, stepId: string, state: RunState = done()): readonly string[] | null => {
  const runbook = parseRunbook(text);
  const step = runbook.steps.find(({ id }) => id === stepId);
  if (step === undefined) throw new Error(`no step ${stepId}`);
  const wait = waitOf(runbook, state, step);
  return wait?.kind === 'requires' ? wait.titles : null;
};
const cycles = (text: string): readonly string[] => parseRunbook(text).diagnostics.filter(({ code }) => code === 'dependency-cycle').map(({ message }) => message);
const codes = (text: string): readonly string[] => parseRunbook(text).diagnostics.map(({ code }) => code);

const SECTIONS = `# R

## Canary <!-- {#canary} -->

- [ ] Small <!-- {#small} -->
- [ ] Large <!-- {#large} -->

## Rest <!-- {#rest requires=canary} -->

- [ ] First <!-- {#first} -->

### Inner

- [ ] Second <!-- {#second requires=first} -->
`;

describe('requires= on a section', () => {
  test('holds up every step in and below it until all of the other section is settled', () => {
    expect(waitsFor(SECTIONS, 'first')).toEqual(['Canary']);
    expect(waitsFor(SECTIONS, 'second')).toEqual(['First', 'Canary']);
    expect(waitsFor(SECTIONS, 'second', done('small', 'first'))).toEqual(['Canary']);
    expect(waitsFor(SECTIONS, 'second', done('small', 'large', 'first'))).toBeNull();
    expect(waitsFor(SECTIONS, 'small')).toBeNull();
    expect(codes(SECTIONS)).toEqual([]);
  });

  test('a step can require a section, and a section a step', () => {
    const text = '# R\n\n## A <!-- {#a requires=last} -->\n\n- [ ] One <!-- {#one} -->\n\n## B <!-- {#b} -->\n\n- [ ] Last <!-- {#last} -->\n- [ ] Two <!-- {#two requires=a} -->\n';
    expect(waitsFor(text, 'one')).toEqual(['Last']);
    expect(waitsFor(text, 'two')).toEqual(['A']);
    expect(codes(text)).toEqual([]);
  });

  test('an id that is not there is reported, and what requires it waits: nobody knows what for', () => {
    const text = '# R\n\n## A <!-- {#a requires=nowhere} -->\n\n- [ ] One <!-- {#one} -->\n';
    expect(codes(text)).toEqual(['unknown-step']);
    const runbook = parseRunbook(text);
    const [one] = runbook.steps;
    const wait = one === undefined ? null : waitOf(runbook, done(), one);
    expect(wait === null ? null : waitWords(wait)).toBe('requires nowhere, which the runbook does not have');
  });

  test('a task card that depends on no task of this document is reported and waits for nothing of it', () => {
    const text = '# R\n\n### Task_1: Build\n\n- **Assignee**: x\n- **Execution**: Depends on Task_9\n';
    expect(codes(text)).toEqual(['unknown-step']);
    expect(parseRunbook(text).steps[0]?.requires).toEqual([]);
  });
});

describe('cycles', () => {
  const item = (id: string, requires: string): string => `- [ ] ${id.toUpperCase()} <!-- {#${id} requires=${requires}} -->\n`;

  test('of steps are named in their order, from the first line on', () => {
    expect(cycles(`# R\n\n${item('a', 'b')}${item('b', 'c')}${item('c', 'a')}`)).toEqual(['These wait for each other, so none of them can ever begin: “A” waits for “B”, “B” waits for “C”, “C” waits for “A”. Take one of these requirements out.']);
    expect(cycles(`# R\n\n${item('c', 'a')}${item('a', 'b')}${item('b', 'c')}`)[0]).toContain('“C” waits for “A”, “A” waits for “B”, “B” waits for “C”');
  });

  test('of a step with itself, of sections, and of a section with a step in it', () => {
    expect(cycles(`# R\n\n${item('a', 'a')}`)[0]).toContain('“A” waits for “A”. Take');
    expect(cycles('# R\n\n## A <!-- {#a requires=b} -->\n\n- [ ] One\n\n## B <!-- {#b requires=a} -->\n\n- [ ] Two\n')[0]).toContain('“A” waits for “B”, “B” waits for “A”');
    expect(cycles('# R\n\n## A <!-- {#a requires=x} -->\n\n- [ ] X <!-- {#x} -->\n')[0]).toContain('“A” waits for “X”');
    expect(cycles('# R\n\n## A <!-- {#a} -->\n\n- [ ] X <!-- {#x requires=y} -->\n\n## B <!-- {#b requires=a} -->\n\n- [ ] Y <!-- {#y} -->\n')[0]).toContain('“X” waits for “Y”, “B” waits for “A”');
  });

  test('of task cards', () => {
    const card = (name: string, on: string): string => `### ${name}: Do it\n\n- **Assignee**: Ada\n- **Execution**: Depends on ${on}\n\n`;
    expect(cycles(`# R\n\n${card('Task_1', 'Task_2')}${card('Task_2', 'Task_1')}`)[0]).toContain('“Task_1: Do it” waits for “Task_2: Do it”, “Task_2: Do it” waits for “Task_1: Do it”');
  });

  test('are not seen where there are none: the last step of a section that waits for the rest of it, diamonds', () => {
    expect(cycles('# R\n\n## A <!-- {#a} -->\n\n- [ ] X <!-- {#x} -->\n- [ ] Y <!-- {#y requires=a} -->\n')).toEqual([]);
    expect(cycles(`# R\n\n- [ ] D <!-- {#d} -->\n${item('b', 'd')}${item('c', 'd')}${item('a', 'b,c')}`)).toEqual([]);
    expect(cycles(SECTIONS)).toEqual([]);
  });

  test('are looked for in time that grows with the document', () => {
    const text = (count: number): string => `# R\n\n- [ ] S0 <!-- {#s0} -->\n${Array.from({ length: count }, (_, n) => `- [ ] S${String(n + 1)} <!-- {#s${String(n + 1)} requires=s${String(n)}} -->\n`).join('')}`;
    expect(cycles(text(5_000))).toEqual([]);
    expect(cycles(`${text(5_000)}- [ ] Z <!-- {#z requires=z} -->\n`)).toHaveLength(1);
  });

  test('and without one every step can be reached: nothing waits for ever', () => {
    const graph = fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 })), { maxLength: 12 });
    fc.assert(
      fc.property(graph, (pairs) => {
        const text = `# R\n\n${Array.from({ length: 8 }, (_, n) => {
          const requires = pairs.filter(([from]) => from === n).map(([, to]) => `s${String(to)}`);
          return `- [ ] S${String(n)} <!-- {#s${String(n)}${requires.length === 0 ? '' : ` requires=${requires.join(',')}`}} -->\n`;
        }).join('')}`;
        const runbook = parseRunbook(text);
        let state = done();
        for (let left = runbook.steps.length; left > 0; left -= 1)
          for (const step of runbook.steps) if (waitOf(runbook, state, step) === null) state = withRecord(state, { ...blankRecord(step.id), status: 'done', doneBy: 'tick' });
        expect(cycles(text).length === 0).toBe(state.steps.size === 8);
      }),
    );
  });
});

describe('the layout of a graph', () => {
  const graphs = fc.integer({ min: 1, max: 30 }).chain((count) => fc.tuple(fc.constant(count), fc.array(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), { maxLength: 80 })));

  test('puts no two nodes at one place, and lets every arrow point to the right', () => {
    fc.assert(
      fc.property(graphs, ([count, arrows]) => {
        const { places, arrows: kept, columns, rows } = layoutGraph(count, arrows);
        expect(places).toHaveLength(count);
        expect(new Set(places.map(({ column, row }) => `${String(column)} ${String(row)}`)).size).toBe(count);
        for (const [from, to] of kept) expect(places[to]?.column).toBeGreaterThan(places[from]?.column ?? Infinity);
        for (const { column, row } of places) expect(column < columns && row < rows && column >= 0 && row >= 0).toBe(true);
      }),
    );
  });

  test('keeps every arrow of a graph without circles, once', () => {
    fc.assert(
      fc.property(graphs, ([count, arrows]) => {
        const forward = arrows.filter(([from, to]) => from < to).map((arrow): Arrow => arrow);
        const keys = (list: readonly Arrow[]): readonly string[] => list.map((arrow) => arrow.join()).sort();
        expect(keys(layoutGraph(count, forward).arrows)).toEqual([...new Set(keys(forward))]);
      }),
    );
  });

  test('lays out a long chain and a wide fan', () => {
    const count = 3_000;
    const chain = layoutGraph(count, Array.from({ length: count - 1 }, (_, n): Arrow => [n, n + 1]));
    expect([chain.columns, chain.rows]).toEqual([count, 1]);
    const fan = layoutGraph(count, Array.from({ length: count - 1 }, (_, n): Arrow => [0, n + 1]));
    expect([fan.columns, fan.rows]).toEqual([2, count - 1]);
  });
});
