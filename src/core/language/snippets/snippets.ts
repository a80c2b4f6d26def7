/** Where a snippet can be written: between the blocks of the document, or among the keys of its front matter. */
export type SnippetPlace = 'body' | 'frontMatter' | 'newFrontMatter';

export interface Snippet {
  /** What is typed to get it. */
  readonly name: string;
  /** What it writes, in a few words. */
  readonly detail: string;
  readonly place: SnippetPlace;
  /** Lines in the editor's own snippet syntax. */
  readonly body: readonly string[];
}

/** What runbooks are made of, ready to be filled in. Every one is read without a finding as it stands. */
export const SNIPPETS: readonly Snippet[] = [
  {
    name: 'runbook',
    detail: 'front matter of a runbook',
    place: 'newFrontMatter',
    body: ['---', 'runbook: 1', 'title: ${1:Deploy the service}', '---', '', '$0'],
  },
  {
    name: 'phase',
    detail: 'a phase with a time',
    place: 'body',
    body: ['## Phase ${1:1}: ${2:Preparation} (${3:10 min}) <!-- {#${4:preparation}} -->', '', '- [ ] ${5:What is to be done}', '$0'],
  },
  {
    name: 'step',
    detail: 'a step that a person does',
    place: 'body',
    body: ['- [ ] ${1:What is to be done}$0'],
  },
  {
    name: 'command',
    detail: 'a step that runs a command',
    place: 'body',
    body: ['**${1:What it does}**:', '', '```bash {#${2:name} timeout=${3:5m}}', '${4:true}', '```', '$0'],
  },
  {
    name: 'check',
    detail: 'a check that can be run at any time',
    place: 'body',
    body: ['**${1:It answers}**:', '', '```bash {check retry=${2:3} every=${3:5s}}', '${4:curl -fsS http://127.0.0.1:8080/health}', '```', '$0'],
  },
  {
    name: 'request',
    detail: 'a check that sends a request',
    place: 'body',
    body: ['**${1:It answers}**:', '', '```http {check expect=${2:200}}', 'GET ${3:http://127.0.0.1:8080/health}', '```', '$0'],
  },
  {
    name: 'undo',
    detail: 'a step and the block that takes it back',
    place: 'body',
    body: ['**${1:What it does}**:', '', '```bash {#${2:name}}', '${3:true}', '```', '', '```bash {undo=${2:name}}', '${4:true}', '```', '$0'],
  },
  {
    name: 'gate',
    detail: 'go or no-go',
    place: 'body',
    body: ['## Go/No-Go <!-- {by=${1:@lead}} -->', '', '- [ ] **Go**: ${2:everything above is green}', '- [ ] **No-Go**: ${3:anything else}', '$0'],
  },
  {
    name: 'sign-off',
    detail: 'people who attest something',
    place: 'body',
    body: ['## Sign-off', '', '- **${1:QA lead}**: ${2:the tests have passed}', '- **${3:On-call engineer}**: ${4:the service is watched}', '$0'],
  },
  {
    name: 'level',
    detail: 'a rollback level with its verification',
    place: 'body',
    body: ['## Rollback', '', '### Level ${1:1}: ${2:Feature toggle} <!-- {level=${1:1} budget=${3:2m}} -->', '', '```bash', '${4:true}', '```', '', '```bash {verify}', '${5:curl -fsS http://127.0.0.1:8080/health}', '```', '$0'],
  },
  {
    name: 'backup',
    detail: 'a backup, and the level that restores it',
    place: 'body',
    body: ['**Make a backup**:', '', '```bash {backup=${1:database} capture=${2:BACKUP_NAME}}', '${3:echo "backup-1"}', '```', '', '## Rollback', '', '### Level ${4:1}: Restore the backup (${5:5 min})', '', '```bash {restore=${1:database}}', '${6:echo "\\$BACKUP"}', '```', '$0'],
  },
  {
    name: 'environments',
    detail: 'where it can be run',
    place: 'frontMatter',
    body: ['environments:', '  ${1:staging}: { branch: ${2:dev} }', '  ${3:production}: { branch: ${4:main}, clean: true, confirm: ${3:production} }$0'],
  },
  {
    name: 'inputs',
    detail: 'values that a start asks for',
    place: 'frontMatter',
    body: ['inputs:', '  ${1:VERSION}: { description: ${2:Release to deploy} }', '  ${3:TOKEN}: { secret: true }$0'],
  },
  {
    name: 'monitors',
    detail: 'what is measured, and when a rollback is advised',
    place: 'frontMatter',
    body: ['monitors:', '  ${1:error_rate}: { command: "${2:./bin/error-rate}", every: ${3:30s} }', 'triggers:', '  - { when: "${1:error_rate} > ${4:5%}", for: ${5:5m} }$0'],
  },
  {
    name: 'backups',
    detail: 'kinds of backups and how many are kept',
    place: 'frontMatter',
    body: ['backups:', '  ${1:database}: { description: ${2:Database}, keep: ${3:10} }$0'],
  },
  {
    name: 'package',
    detail: 'the other runbooks that belong with this one',
    place: 'frontMatter',
    body: ['package: [${1:verification.runbook.md}]$0'],
  },
];
