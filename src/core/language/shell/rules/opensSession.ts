import type { ShellRule } from '../finding.ts';
import { hasOption, type ShellCall } from '../shellCall.ts';

const SHELL_PROGRAM = /^(?:ba|z|da|k|fi|a)?sh$/;
/** Options of ssh that take the next word. */
const SSH_TAKES = /^-[BbcDEeFIiJLlmOopQRSWw]$/;

/** A shell on another machine, or as another user, in the middle of a block: what stands below it runs only once it has ended, and here. */
export const opensSession: ShellRule = ({ grammar, tree, calls }) => {
  if (grammar !== 'bash') return [];
  const last = tree.children.findLast(({ type, isError }) => !isError && !/^(?:comment|;|\n)$/.test(type));
  return calls.flatMap((call) => {
    const { node, parents } = call;
    if (parents.at(-1) !== tree || node === last || !opensShell(call)) return [];
    return [{ severity: 'warning' as const, code: 'opens-session', message: 'This opens a shell and waits in it: the commands below run only when that shell has ended, and then here and not there. Give them to it (ssh host \'…\', or a here-document), or put them into a block of their own.', start: call.start, end: call.end }];
  });
};

function opensShell(call: ShellCall): boolean {
  const { name, args, through, node } = call;
  if (node.children.some(({ type }) => type.endsWith('_redirect'))) return false;
  if (name === 'ssh') return isBareSsh(call);
  if (name === 'su') return !hasOption(call, /c/, /^--command/);
  if (name === 'sudo') return args.length > 0 && args.every(({ literal }) => literal !== null && /^(?:-i|-s|-u|--login|--shell|[a-z_][a-z0-9_-]*)$/.test(literal)) && args.some(({ literal }) => /^(?:-i|-s|--login|--shell)$/.test(literal ?? ''));
  return SHELL_PROGRAM.test(name) && args.length === 0 && through.some((program) => /^(?:docker|podman|kubectl|oc)$/.test(program));
}

function isBareSsh({ args }: ShellCall): boolean {
  if (args.some(({ literal }) => literal !== null && /^-[A-Za-z]*[NfGVLRDWOT]/.test(literal))) return false;
  let hosts = 0;
  for (let at = 0; at < args.length; at += 1) {
    const literal = args[at]?.literal ?? null;
    if (literal !== null && SSH_TAKES.test(literal)) at += 1;
    else if (literal === null || !literal.startsWith('-')) hosts += 1;
  }
  return hosts === 1;
}
