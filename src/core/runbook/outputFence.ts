import { readOutputFence, reportTo, type OutputExpectation } from './expectation.ts';
import { parseFenceInfo } from './fences.ts';
import type { Command } from './model.ts';
import type { Reading } from './reading.ts';
import { isCommandFence, type Node } from './tree.ts';
import { isResult, readResult, resultAfter, type ResultFence } from './similarityComment.ts';
import { OUTPUT_LANGUAGE } from './vocabulary.ts';

/** Whether a fence is the expected output of the command fence right before it. */
export function isOutputOfCommand(reading: Reading, node: Node): boolean {
  if (parseFenceInfo(node.token.info).language !== OUTPUT_LANGUAGE) return isResult(reading.tokens, node.start);
  if (isResult(reading.tokens, node.start)) return true;
  const before = reading.tokens[node.start - 1];
  return before?.type === 'fence' && isCommandFence(before);
}

/** The command of a fence with the `output` fence right after it, if there is one: what it prints is held against that. */
export function withOutputFence(reading: Reading, node: Node, command: Command): Command {
  const result = resultAfter(reading.tokens, node.start);
  if (result !== null) return withResult(reading, result, command);
  const after = reading.tokens[node.end];
  if (after?.type !== 'fence') return command;
  const info = parseFenceInfo(after.info);
  if (info.language !== OUTPUT_LANGUAGE) return command;
  const line = (after.map?.[0] ?? 0) + 1;
  const attributes = reading.annotation(info.annotation, line, 'output');
  return expecting(command, readOutputFence(after.content, attributes, reportTo(reading.diagnostics, line)), after.content);
}

/** The same with a result that a comment announces. */
function withResult(reading: Reading, result: ResultFence, command: Command): Command {
  const line = (reading.tokens[result.commentAt]?.map?.[0] ?? 0) + 1;
  return expecting(command, readResult(result, reportTo(reading.diagnostics, line)), result.token.content);
}

function expecting(command: Command, expected: OutputExpectation | null, shown: string): Command {
  const { expects } = command.options;
  const options = expected === null ? command.options : { ...command.options, expects: { ...expects, output: [...expects.output, expected] } };
  return { ...command, options, expectedOutput: shown.replace(/\n$/, '') };
}
