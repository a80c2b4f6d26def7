import type { ShellRule } from '../finding.ts';
import type { SyntaxNode } from '../syntaxNode.ts';
import { setsOption } from '../setOptions.ts';

/** Programs that write what a rollback will need. */
const DUMPS: ReadonlySet<string> = new Set(['pg_dump', 'pg_dumpall', 'pg_basebackup', 'mysqldump', 'mariadb-dump', 'mongodump']);

/** A backup whose failure nobody hears of, because the exit code of a pipe is that of its last program. */
export const pipeHidesFailure: ShellRule = ({ grammar, calls }) => {
  if (grammar !== 'bash') return [];
  return calls.flatMap((call) => {
    const pipe = call.parents.findLast(({ type }) => type === 'pipeline');
    if (!DUMPS.has(call.name) || pipe === undefined || isLast(pipe, call.node, call.parents) || setsOption(calls, call.start, /pipefail/)) return [];
    return [{ severity: 'warning' as const, code: 'pipe-hides-failure', message: `When ${call.name} fails here, the pipe succeeds all the same and leaves a broken backup: begin the block with “set -o pipefail”, or write the dump to a file first.`, start: call.start, end: call.end }];
  });
};

function isLast(pipe: SyntaxNode, node: SyntaxNode, parents: readonly SyntaxNode[]): boolean {
  const last = pipe.children.at(-1);
  return last === node || (last !== undefined && parents.includes(last));
}
