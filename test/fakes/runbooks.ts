import type { Command, RollbackLevel, Runbook, Section, Step } from '../../src/core/runbook/model.ts';
import { commandOf } from './commands.ts';

/** A step as the parser would make it; commands may be given as text. */
export function stepOf(id: string, { commands = [], ...rest }: Partial<Omit<Step, 'id' | 'commands'>> & { readonly commands?: readonly (string | Command)[] } = {}): Step {
  return {
    id,
    title: `Step ${id}`,
    titleMarkdown: `Step ${id}`,
    kind: commands.length > 0 ? 'command' : 'manual',
    line: 1,
    endLine: 1,
    sectionId: null,
    parentId: null,
    tickedInSource: false,
    owner: null,
    requires: [],
    estimate: null,
    decision: null,
    reservation: null,
    needsEvidence: false,
    confirm: false,
    aside: false,
    verifies: false,
    irreversible: null,
    check: false,
    background: false,
    parallel: null,
    ordinal: null,
    ...rest,
    commands: commands.map((command) => (typeof command === 'string' ? commandOf(command) : command)),
  };
}

export function sectionOf(id: string, rest: Partial<Omit<Section, 'id'>> = {}): Section {
  return { id, title: `Section ${id}`, depth: 2, role: null, line: 1, endLine: 1, parentId: null, budgetSeconds: null, budgetWords: null, ...rest };
}

export function levelOf(level: number, commands: readonly string[], verify: readonly string[] = [], rest: Partial<RollbackLevel> = {}): RollbackLevel {
  return {
    level,
    title: `Level ${String(level)}`,
    budgetSeconds: null,
    budgetWords: null,
    line: 1,
    sectionId: null,
    commands: commands.map((text) => commandOf(text)),
    verify: verify.map((text) => commandOf(text)),
    verifyStepIds: [],
    alternatives: [],
    notes: [],
    ...rest,
  };
}

export function runbookOf(steps: readonly Step[], rest: Partial<Omit<Runbook, 'steps'>> = {}): Runbook {
  return {
    title: 'Deploy',
    metadata: {},
    sections: [],
    rollbackLevels: [],
    undos: [],
    triggers: [],
    fields: [],
    diagnostics: [],
    blocks: [],
    annotations: [],
    frontMatter: { version: null, title: null, shell: null, timeoutSeconds: null },
    lineCount: 1,
    ...rest,
    steps,
  };
}
