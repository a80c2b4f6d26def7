import type { Command, Runbook } from './model.ts';

/**
 * What `inspect --json` prints of a file: the reading of it, without the text
 * between. Absent things are null or empty lists.
 * @param file the path as it was given
 */
export function inspection(file: string, runbook: Runbook): Readonly<Record<string, unknown>> {
  const commands = (list: readonly Command[]): unknown => list.map(({ language, text, line }) => ({ language, text, line }));
  return {
    file,
    title: runbook.title,
    metadata: runbook.metadata,
    sections: runbook.sections.map(({ id, title, depth, role, line, budgetSeconds, soak }) => ({ id, title, depth, role, line, budgetSeconds, ...(soak === undefined ? {} : { soakSeconds: soak.seconds }) })),
    steps: runbook.steps.map((step) => ({
      id: step.id,
      title: step.title,
      kind: step.kind,
      line: step.line,
      sectionId: step.sectionId,
      parentId: step.parentId,
      tickedInSource: step.tickedInSource,
      owner: step.owner,
      requires: step.requires,
      commands: commands(step.commands),
      // Only where it says so: other documents keep the shape that they always had.
      ...(step.background ? { background: true } : {}),
      ...(step.parallel === null ? {} : { parallel: step.parallel }),
    })),
    rollbackLevels: runbook.rollbackLevels.map((level) => ({ level: level.level, title: level.title, budgetSeconds: level.budgetSeconds, line: level.line, commands: commands(level.commands) })),
    // The same.
    ...(runbook.undos.length === 0 ? {} : { undos: runbook.undos.map(({ stepIds, command }) => ({ stepIds, line: command.line, commands: commands([command]) })) }),
    triggers: runbook.triggers,
    ...(runbook.frontMatter.monitors === undefined ? {} : { monitors: runbook.frontMatter.monitors.map(({ name, command, everySeconds, timeoutSeconds, unit, line }) => ({ name, command: command.text, everySeconds, timeoutSeconds, unit, line })) }),
    fields: runbook.fields,
    // What is only for those who underline it is left out.
    diagnostics: runbook.diagnostics.map(({ severity, code, message, line }) => ({ severity, code, message, line })),
  };
}
