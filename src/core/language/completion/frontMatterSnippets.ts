import type { KeyShape } from '../../runbook/frontMatterTable.ts';

/** How the keys of the top are begun, over several lines where that reads better. */
export const TOP_SNIPPETS: Readonly<Record<string, string>> = {
  runbook: 'runbook: 1',
  environments: 'environments:\n  ${1:staging}: { branch: ${2:main}, env: { ${3:URL}: "${4:http://127.0.0.1:8081}" } }',
  inputs: 'inputs:\n  ${1:VERSION}: { description: ${2:Release to deploy} }',
  monitors: 'monitors:\n  ${1:error_rate}: { command: "${2:./bin/metric error_rate}", every: ${3:30s}, unit: "${4:%}" }',
  triggers: 'triggers:\n  - { when: "${1:error_rate > 5%}", for: ${2:5m}, level: ${3:1} }',
  backups: 'backups:\n  ${1:orders-db}: { description: ${2:Database of the orders service}, keep: ${3:10} }',
  package: 'package:\n  - ${1:rollback.runbook.md}',
};

/** How a key is begun. */
export function keySnippet(name: string, { type }: Pick<KeyShape, 'type'>, isTop: boolean): string {
  const written = isTop ? TOP_SNIPPETS[name] : undefined;
  if (written !== undefined) return written;
  if (type === 'flag') return `${name}: true`;
  if (type === 'texts') return `${name}: [$1]`;
  if (type === 'variables') return `${name}: { \${1:NAME}: "$2" }`;
  return `${name}: $1`;
}
