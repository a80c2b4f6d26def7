import type { Runbook, Section, Step } from '../runbook/model.ts';

/** The choices of one gate: steps of kind `gate` in the same section. */
export interface Gate {
  /** Empty when the choices stand outside any section. */
  readonly sectionId: string;
  /** In document order; exactly one of them is taken. */
  readonly choices: readonly Step[];
}

/** Look-ups in a runbook, made once for each. */
export interface RunbookIndex {
  readonly steps: ReadonlyMap<string, Step>;
  readonly sections: ReadonlyMap<string, Section>;
  /** Place in the document, from 0. */
  readonly position: ReadonlyMap<string, number>;
  readonly children: ReadonlyMap<string, readonly Step[]>;
  readonly gates: ReadonlyMap<string, Gate>;
}

const known = new WeakMap<Runbook, RunbookIndex>();

/** The index of a runbook. Runbooks never change, so it is kept. */
export function indexOf(runbook: Runbook): RunbookIndex {
  let index = known.get(runbook);
  if (index === undefined) known.set(runbook, (index = build(runbook)));
  return index;
}

/** The key of the gate that a step belongs to. */
export function gateKey(step: Step): string {
  return step.sectionId ?? '';
}

/** Whether a section is another one or lies inside it. */
export function isWithin(index: RunbookIndex, sectionId: string | null, outer: string): boolean {
  for (let id = sectionId, left = index.sections.size; id !== null && left >= 0; left -= 1) {
    if (id === outer) return true;
    id = index.sections.get(id)?.parentId ?? null;
  }
  return false;
}

function build(runbook: Runbook): RunbookIndex {
  const children = new Map<string, Step[]>();
  const gates = new Map<string, { sectionId: string; choices: Step[] }>();
  for (const step of runbook.steps) {
    if (step.parentId !== null) append(children, step.parentId, step);
    if (step.kind !== 'gate') continue;
    const key = gateKey(step);
    const gate = gates.get(key) ?? { sectionId: key, choices: [] };
    gate.choices.push(step);
    gates.set(key, gate);
  }
  return {
    steps: new Map(runbook.steps.map((step) => [step.id, step])),
    sections: new Map(runbook.sections.map((section) => [section.id, section])),
    position: new Map(runbook.steps.map((step, place) => [step.id, place])),
    children,
    gates,
  };
}

function append(map: Map<string, Step[]>, key: string, step: Step): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [step]);
  else list.push(step);
}
