import type { CheckedBlock, ShellFinding, ShellRule } from '../finding.ts';
import type { ShellCall } from '../shellCall.ts';
import type { SyntaxNode } from '../syntaxNode.ts';
import { walkTree } from '../walkTree.ts';

const FETCHES = /^(?:curl|wget|fetch|aria2c|http|https|lynx)$/;
const SHELL = /^(?:ba|z|da|k|a)?sh$/;
const INTERPRETER = /^(?:python[\d.]*|perl|ruby|node|php)$/;
const MESSAGE = 'What a server sends is run here unread: whoever controls the server, or the way to it, decides what it does. Download it to a file, check it (sha256sum -c), then run the file.';

/** A download that goes straight into a shell. */
export const pipeToShell: ShellRule = (block) => (block.grammar === 'bash' ? block.calls.flatMap((call) => runsDownload(block, call) ?? []) : []);

function runsDownload(block: CheckedBlock, call: ShellCall): ShellFinding | null {
  const { name, args, node, parents } = call;
  const runsText = SHELL.test(name) || name === 'eval' || name === 'source' || name === '.';
  const substituted = runsText && args.some((word) => fetchesInside(block, word.node));
  const piped = readsInput(call) ? fedBy(block, node, parents) : null;
  const start = piped ?? (substituted ? call.start : null);
  return start === null ? null : { severity: 'warning', code: 'pipe-to-shell', message: MESSAGE, start, end: call.end };
}

/** It runs what it reads, and not a file that it was given. */
function readsInput({ name, args }: ShellCall): boolean {
  const words = args.map(({ literal }) => literal);
  if (SHELL.test(name)) {
    const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
    return !own.some((word) => word === null || /^-[a-z]*c$/.test(word)) && (own.some((word) => /^-[a-z]*s$/.test(word ?? '')) || own.every((word) => word?.startsWith('-') === true));
  }
  return INTERPRETER.test(name) && words.every((word) => word === '-');
}

/** Where a download begins whose output comes to this call through a pipe, or null. */
function fedBy({ calls }: CheckedBlock, node: SyntaxNode, parents: readonly SyntaxNode[]): number | null {
  const pipe = parents.findLast(({ type }) => type === 'pipeline');
  if (pipe === undefined) return null;
  const fetch = calls.find((call) => FETCHES.test(call.name) && pipe.children.some((stage) => stage.end <= node.start && stage.start <= call.start && call.end <= stage.end));
  return fetch?.start ?? null;
}

/** A `$(curl …)` or `<(curl …)` whose own output is the download. */
function fetchesInside({ calls }: CheckedBlock, word: SyntaxNode): boolean {
  let found = false;
  walkTree(word, (node) => {
    if (node.type === 'command_substitution' || node.type === 'process_substitution') found ||= calls.some((call) => FETCHES.test(call.name) && call.start >= node.start && call.end <= node.end);
  });
  return found;
}
