import { readOutputFence, reportTo } from './expectation.ts';
import { parseFenceInfo } from './fences.ts';
import type { Command } from './model.ts';
import type { Reading } from './reading.ts';
import { isCommandFence, type Node } from './tree.ts';
import { OUTPUT_LANGUAGE } from './vocabulary.ts';

/** Whether a fence is the expected output of the command fence right before it. */
export function isOutputOfCommand(reading: Reading, node: Node): boolean {
  if (parseFenceInfo(node.token.info).language !== OUTPUT_LANGUAGE) return false;
  const before = reading.tokens[node.start - 1];
  return before?.type === 'fence' && isCommandFence(before);
}

/** The command of a fence with the `output` fence right after it, if there is one: what it prints is held against that. */
export function withOutputFence(reading: Reading, node: Node, command: Command): Command {
  const after = reading.tokens[node.end];
  if (after?.type !== 'fence') return command;
  const info = parseFenceInfo(after.info);
  if (info.language !== OUTPUT_LANGUAGE) return command;
  const line = (after.map?.[0] ?? 0) + 1;
  const attributes = reading.annotation(info.annotation, line, 'output');
  const expected = readOutputFence(after.content, attributes, reportTo(reading.diagnostics, line));
  const { expects } = command.options;
  const options = expected === null ? command.options : { ...command.options, expects: { ...expects, output: [...expects.output, expected] } };
  return { ...command, options, expectedOutput: after.content.replace(/\n$/, '') };
}
