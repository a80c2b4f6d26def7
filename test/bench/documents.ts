/** A step for every fourth place is a command, the rest are boxes to tick, with the prose that real plans have. */
const STEPS_PER_CARD = 5;
const CARDS_PER_PHASE = 4;

/** A deployment runbook with `steps` steps, about 200 bytes each: headings, prose, lists and shell blocks. */
export function longRunbook(steps: number): string {
  const lines = ['# Deployment of the order service', '', '**Environment**: staging', '**Version**: 4.2.0', ''];
  for (let card = 0; card * STEPS_PER_CARD < steps; card += 1) {
    if (card % CARDS_PER_PHASE === 0) lines.push(`## Phase ${card / CARDS_PER_PHASE + 1}: region ${card / CARDS_PER_PHASE + 1} (T+${card}m)`, '');
    lines.push(...cardLines(card, Math.min(STEPS_PER_CARD, steps - card * STEPS_PER_CARD)));
  }
  lines.push('## Rollback', '', '### Level 1: switch traffic back (2 minutes)', '', '```bash', 'echo back', '```', '');
  return lines.join('\n');
}

function cardLines(card: number, steps: number): readonly string[] {
  const lines = [`### Group ${card + 1}`, '', `Moves shard ${card} to the *new* version. Watch the **error rate** on the \`orders\` dashboard; see [the notes](https://example.test/notes).`, ''];
  for (let index = 0; index + 1 < steps; index += 1) {
    lines.push(`- [ ] Confirm that replica ${index + 1} of shard ${card} reports \`ready\` and its **lag** is below 5 s`);
  }
  lines.push('', 'Then shift the traffic:', '', '```bash', `kubectl --context staging rollout status deploy/orders-${card}`, `curl -fsS "https://orders-${card}.example.test/health" | grep -q '"ok":true'`, '```', '');
  return lines;
}

/** A runbook of `count` command steps; `block` gives the commands of the step with an index. */
export function commandRunbook(count: number, block: (index: number) => string): string {
  const steps = Array.from({ length: count }, (_, index) => `### Step ${index + 1}\n\n\`\`\`bash\n${block(index)}\n\`\`\`\n`);
  return `# Starts\n\n## Deploy\n\n${steps.join('\n')}`;
}
