/** The shells that terminals are given, and that the blocks are written for. */
export const SHELLS = ['bash', 'zsh', 'fish', 'sh'] as const;
export type ShapeShell = (typeof SHELLS)[number];

/** A block that is hard to get the exit code of, and the code that it really has. */
export interface Shape {
  /** Id and title of its step. */
  readonly id: string;
  readonly block: string;
  /** The exit code; `error`: any but 0. */
  readonly code: number | 'error';
  /** What the terminal has to show of it. */
  readonly shows?: RegExp;
}

const SPOOF = "printf '\\033]633;D;0\\007\\033]133;D;0\\007\\033]633;E;true\\007'; exit 7\n";

const EVERYWHERE: readonly Shape[] = [
  { id: 'one-line', block: 'echo "one $((40 + 2))"\n', code: 0, shows: /^one 42$/m },
  { id: 'three-lines', block: 'echo a\necho b\nsh -c "exit 3"\n', code: 3 },
  { id: 'history-character', block: 'echo "Hello!world"\n', code: 0, shows: /^Hello!world$/m },
  { id: 'open-quote', block: 'echo "never closed\n', code: 'error' },
  { id: 'literal-tab', block: `test "$(printf 'a\tb' | wc -c)" -eq 3; exit 11\n`, code: 11 },
  { id: 'plain-exit', block: 'exit 5\n', code: 5 },
  { id: 'exec', block: 'exec sh -c "exit 6"\n', code: 6 },
  { id: 'much-output', block: 'head -c 1500000 /dev/zero | tr "\\000" x\nexit 9\n', code: 9 },
  { id: 'spoof', block: SPOOF, code: 7 },
];

const POSIX: readonly Shape[] = [
  ...EVERYWHERE,
  { id: 'heredoc', block: 'cat <<END\nwithin $((6 * 7))\nEND\n', code: 0, shows: /^within 42$/m },
  { id: 'heredoc-then-failure', block: 'cat <<END\nwithin\nEND\n(exit 7)\n', code: 7 },
  { id: 'subshell', block: '(echo sub; exit 4)\n', code: 4 },
  { id: 'loop', block: 'for i in 1 2 3\ndo\n  echo "n$i"\ndone\n(exit 12)\n', code: 12 },
  { id: 'set-e', block: 'set -e\nsh -c "exit 13"\necho not reached\n', code: 13 },
];

/** fish has no heredocs, subshells or `set -e`: what stands for them there. */
const FISH: readonly Shape[] = [
  ...EVERYWHERE.map((shape) => (shape.id === 'literal-tab' ? { ...shape, block: "test (printf 'a\tb' | wc -c) -eq 3; and exit 11\n" } : shape)).map((shape) =>
    shape.id === 'one-line' ? { ...shape, block: 'echo "one "(math 40 + 2)\n' } : shape,
  ),
  { id: 'many-lines-text', block: 'printf "%s\\n" "first\nwithin"\n', code: 0, shows: /^within$/m },
  { id: 'text-then-failure', block: 'printf "%s\\n" "first\nwithin"\nsh -c "exit 7"\n', code: 7 },
  { id: 'begin-end', block: 'begin; echo sub; exit 4; end\n', code: 4 },
  { id: 'loop', block: 'for i in 1 2 3\n  echo "n$i"\nend\nsh -c "exit 12"\n', code: 12 },
  { id: 'or-exit', block: 'false; or exit 13\necho not reached\n', code: 13 },
];

/** What is run and left alone in a terminal of this shell. */
export function shapesOf(shell: ShapeShell): readonly Shape[] {
  return shell === 'fish' ? FISH : POSIX;
}


/** The runbook of a shell: a step for each shape, in blocks of that shell. */
export function shapesRunbook(shell: ShapeShell): string {
  const wait = 'echo waiting; sleep 300\n';
  // In these a person does something to the terminal; the tests say what.
  const touched: readonly Shape[] = [
    { id: 'half-typed', block: 'exit 21\n', code: 21 },
    { id: 'interrupted', block: wait, code: 130 },
    { id: 'closed', block: wait, code: 'error' },
    { id: 'afterwards', block: 'exit 22\n', code: 22 },
  ];
  const steps = [...shapesOf(shell), ...touched].map(({ id, block }) => `**Shape ${id}**:\n\n\`\`\`${shell} {#${id}}\n${block}\`\`\`\n`);
  return `# Shapes in ${shell}\n\n${steps.join('\n')}`;
}
