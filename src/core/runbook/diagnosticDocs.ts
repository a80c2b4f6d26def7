import type { Code } from './diagnosticCodes.ts';

/** What the documentation says of a code. It is read by those who write docs/DIAGNOSTICS.md, and is no part of what runs. */
export interface DiagnosticDoc {
  /** What it means and what to do, in Markdown. */
  readonly means: string;
  /** A smallest document that is reported so; null when no document is, in this version. */
  readonly example: string | null;
}

const doc = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;
const block = (annotation: string, command = 'ops/deploy', language = 'bash'): string => doc(`\`\`\`${language} ${annotation}`.trimEnd(), command, '```');
const step = (annotation: string, command?: string, language?: string): string => `# Deploy\n\n**Deploy**:\n\n${block(annotation, command, language)}`;
const item = (...blocks: readonly string[]): string => `# Deploy\n\n1. Deploy\n\n${blocks.map((each) => each.replace(/^/gm, '   ').trimEnd()).join('\n\n')}\n`;
const rollback = (heading: string, ...blocks: readonly string[]): string => `${step('')}\n## Rollback\n\n### ${heading}\n\n${blocks.join('\n')}`;
const front = (yaml: string, rest = step('')): string => `---\n${yaml}\n---\n${rest}`;

export const DIAGNOSTIC_DOCS: Readonly<Record<Code, DiagnosticDoc>> = {
  'acts-on-programs': { means: '`env.NAME` sets a variable that decides which programs or libraries run, such as `PATH`. It is set for this block and shown with it. Make sure that it is meant.', example: step('{env.PATH="/opt/tool/bin"}') },
  'annotation-syntax': { means: 'Something in the braces is no `#id`, no `key=value` and no flag. Put quotes around a value with blanks or signs in it.', example: step('{#deploy &}') },
  'background-of-several': { means: 'A command can only keep running when it is the only one of its step. Give it an item of its own.', example: item(block('{background}'), block('')) },
  'backup-without-capture': { means: '`backup=` says that the block makes a backup; the name of that backup is what `capture=` takes from its output. Without it no backup is recorded. Add `capture=NAME`.', example: front('backups: { orders-db: {} }', step('{backup=orders-db}')) },
  'bad-combination': { means: 'Two things on one block exclude each other; the message says which one does nothing. What runs in the background, for example, has no end that a capture could wait for.', example: step('{background capture=NAME}') },
  'bad-request': { means: 'An `http` block that is sent begins with a method and an address (`GET http://127.0.0.1:8080/health`); headers follow, and after an empty line the body.', example: step('{check}', 'fetch the page', 'http') },
  'bad-value': { means: 'The value cannot be what the attribute or key takes; the message says what can. It is left out, so that it never half works. A guard (`confirm`, `evidence`) holds all the same.', example: step('{timeout=soon}') },
  'budget-too-short': { means: 'The time limits of what a rollback level runs add up to more than its budget. When it counts, the budget may not hold. Shorten the limits, or state a longer budget.', example: rollback('Level 1: Back (1 minute)', block('{timeout=5m}', 'ops/back')) },
  'captured-twice': { means: 'Two blocks capture a value of the same name; the one that succeeds last counts. Rename one, unless that is meant.', example: `${step('{capture=NAME}')}\n**Again**:\n\n${block('{capture=NAME}')}` },
  'cd-unguarded': { means: '`cd` fails when its folder is not there, and the block goes on where it is: what comes below is removed there. Write `cd … || exit 1`, or begin the block with `set -e`.', example: step('{irreversible}', 'cd /srv/app\nrm -rf releases') },
  'check-of-several': { means: '`check` stands on an item with several commands and does nothing there. Give the check an item of its own.', example: item(block(''), block('{check}')) },
  'credential-in-clear': { means: 'A password, a token or a key stands in the text, where everybody has it who can read the document, its history in git or a record. Declare an input with `secret: true`, which is asked for at the start and is a variable of every command, and change the secret where it is used. Values that plainly stand for one (`changeme`, `<password>`, `$TOKEN`) are not reported.', example: step('', 'export DB_PASSWORD=hunter2') },
  'dependency-cycle': { means: 'Each of these waits for the other, so none can ever begin. The message names them in order. Take one of the requirements out.', example: `${step('{#deploy requires=check}')}\n**Check**:\n\n${block('{#check requires=deploy}')}` },
  'destructive-without-undo': { means: 'A step of the way forward removes, empties or overwrites something, and no block with `undo=` takes the step back. Beside a rollback level it is only an info: the level may bring it back. Add an undo block, or say with `irreversible` that it stays: it is said then before the step is run. What is made anew by itself (`node_modules`, `/tmp/…`) is not reported.', example: step('', 'dropdb orders') },
  'duplicate-attribute': { means: 'The same attribute, or a second id, stands in one annotation. The first one counts. Take the other one out.', example: step('{timeout=5m timeout=6m}') },
  'duplicate-id': { means: 'Two steps or sections have the same id, so `requires` and `undo` could mean either. The second one gets a name made from its words. Give it an id of its own.', example: `${step('{#deploy}')}\n**Again**:\n\n${block('{#deploy}')}` },
  'empty-fence': { means: 'The block has no commands, so there is nothing to run. Write them, or take the block out.', example: doc('# Deploy', '', '```bash', '```') },
  'file-in-rollback': { means: 'A file is only written after its difference was confirmed, and there is no time for that in a rollback. Write the file with a command there.', example: rollback('Level 1: Back', block('', 'ops/back'), block('{file=config/app.yml}', 'on: false', 'yaml')) },
  'front-matter-syntax': { means: 'What stands between the `---` lines cannot be read, so none of it is used. When it names environments or inputs no run can be started, since nobody knows what was to be guarded.', example: front('title: [Deploy') },
  'hidden-characters': { means: 'A command holds characters that are invisible, that turn the direction of what follows, or that look like a Latin letter. It may not do what it seems to. Replace or remove them; running it asks for an extra confirmation.', example: step('', 'ops/deploy\u200b --all') },
  'invalid-utf8': { means: 'The file holds bytes that are no UTF-8; they are shown as \ufffd. Save it as UTF-8.', example: `${step('')}\nDeployed by Andr\ufffd.\n` },
  'level-without-check': { means: 'Nothing looks whether the rollback level has worked. Add a block with `verify` below its commands.', example: rollback('Level 1: Back', block('', 'ops/back')) },
  'level-without-commands': { means: 'A rollback level is described and has nothing to run. Add a block below its heading.', example: `${step('')}\n## Rollback\n\n### Level 1: Back\n` },
  'listed-twice': { means: '`package` names the same runbook twice. Take one out.', example: front('package: [verify.md, ./verify.md]') },
  'misplaced-attribute': { means: 'The attribute belongs somewhere else and does nothing here; the message says where.', example: step('{verify}') },
  'newer-format': { means: 'The document states a format that this version does not know. It opens for reading only. Update the extension to run it.', example: front('runbook: 99') },
  'no-monitor': { means: 'No monitor has the name of the trigger’s metric. One of the front matter never fires; one of the text is a reminder for people. Add a monitor, or correct the name.', example: front('triggers: [ { when: "error_rate > 5%" } ]') },
  'no-rollback': { means: 'The runbook runs commands, and has neither a rollback level nor an `undo` block nor a package with one. When something goes wrong the panel has nothing to offer. Add a section “Rollback”, or `undo=` blocks.', example: step('') },
  'no-trigger': { means: 'The monitor is measured and drawn, and no trigger looks at it. Add one, unless that is meant.', example: front('monitors: { error_rate: { command: ./bin/rate } }') },
  'no-way-back': { means: 'Other steps have `undo` blocks, this one has none, and there is no rollback level. Add a block with `undo=`, or mark the step `irreversible`.', example: `${step('{#deploy}')}\n${block('{undo=deploy}', 'ops/back')}\n**Migrate**:\n\n${block('{#migrate}')}` },
  'not-acted-on': { means: 'The word belongs to the format and this version does nothing with it: the step runs as if it were not there.', example: null },
  'not-text': { means: 'The file holds NUL characters, so it is probably no text.', example: `${step('')}\nDeployed by \u0000.\n` },
  'only-comments': { means: 'The block says that it takes a step back, or that it checks something, and holds nothing but comments. It would succeed and do nothing, so it is not run and does not count. Write its commands.', example: `${step('{#deploy}')}\n${block('{undo=deploy}', '# How is it taken back?')}` },
  'opens-session': { means: '`ssh host`, `sudo -i` or `docker exec -it app bash` without a command opens a shell and waits in it. The commands below run only when that shell has ended, and then on this machine. Give the commands to it (`ssh host \'…\'`, or a here-document), or put them into a block of their own.', example: step('', 'ssh staging\nops/deploy') },
  'other-unit': { means: 'The trigger’s limit and what the monitor measures are in different units, so they are not compared. Give both the same.', example: front('monitors: { latency: { command: ./bin/p95, unit: ms } }\ntriggers: [ { when: "latency > 2s" } ]') },
  'parallel-alone': { means: '`parallel` needs a neighbour that says it too, or a section with several steps.', example: step('{parallel}') },
  'pipe-hides-failure': { means: 'The exit code of a pipe is that of its last program, so a dump that fails is a success all the same, and leaves a backup that is broken. Begin the block with `set -o pipefail`, or write the dump to a file first.', example: step('', 'pg_dump orders | gzip > orders.sql.gz') },
  'pipe-to-shell': { means: 'What a server sends is run without anybody having seen it, also by `bash <(curl …)`, `sh -c "$(curl …)"` and `iwr … | iex`. Download it to a file, check it (`sha256sum -c`), then run the file.', example: step('', 'curl -fsSL https://example.com/install.sh | sh') },
  'rm-unset': { means: 'With an empty variable, `rm -rf "$DIR/"` removes everything below `/`. Write `${DIR:?}`, which stops the command. A variable that the block, its annotation, every environment or a required input fills is not reported, nor is one that is tested before; `set -u` counts, though it stops only what is not set.', example: step('{irreversible}', 'rm -rf "$DIR/releases"') },
  'runme-option': { means: 'The document was written for Runme, and one of its options means something else here, or nothing; the message says which. The document can stay as it is.', example: step('{excludeFromRunAll=true}') },
  'shadowed-input': { means: 'Two values have the same name, so one takes the other’s place. Rename one.', example: front('inputs: { VERSION: {} }', step('{capture=VERSION}')) },
  'shell-syntax': { means: 'The shell would stop here: a quote, a bracket or a keyword has no other half, or an operator has nothing beside it. It is read with the grammar of the shell that runs the block: bash for `sh`, `bash`, `shell` and sessions, PowerShell for `powershell` and `pwsh`. Of zsh, fish and cmd nothing is reported. Only what two readings agree on is an error; placeholders are words.', example: step('', 'if true; then\n  ops/deploy') },
  'soak-aside': { means: 'Steps of a rollback or trigger section wait for nothing. Put `soak` on a section or step of the way forward.', example: `${step('')}\n## Rollback <!-- {soak=1h} -->\n\n${block('', 'ops/back')}` },
  'stray-similarity': { means: 'A comment `expected_similarity=…` stands where there is no result of a command block below it, so nothing is compared.', example: `${step('')}\n<!-- expected_similarity=0.8 -->\n\n## Done\n` },
  'sudo-in-check': { means: 'A check, or what verifies a rollback level, may be run at any time and by anybody. With `sudo` it may ask for a password, and it could change everything. Let it look without, or make it a step of its own.', example: step('{check}', 'sudo systemctl status orders') },
  'too-deep': { means: 'Lists and quotes are nested so deeply that what is inside is not read. Move it up.', example: `# Deploy\n\n${'> '.repeat(450)}Deep\n` },
  'unfilled-placeholder': { means: 'No input, no variable of an environment and no captured value has this name, so a person is asked for it when the command is to run. That is no defect; an input of the front matter is asked for at the start, with a pattern if it has one.', example: step('', 'ops/deploy <version>') },
  'unknown-attribute': { means: 'There is no attribute of this name; the nearest one is named. It does nothing.', example: step('{timeuot=5m}') },
  'unknown-backup': { means: '`backup=`, `prune=` or `restore=` names a kind of backup that `backups` of the front matter does not declare.', example: step('{restore=orders-db}') },
  'unknown-key': { means: 'The front matter has no such key there. In environments and inputs no run can be started until it is corrected: a misspelt `confirm` must not pass for none.', example: front('environments: { production: { confrim: true } }') },
  'unknown-level': { means: 'A step that is `irreversible`, or a trigger, names a rollback level that the runbook does not have.', example: step('{irreversible=3}') },
  'unknown-lint-code': { means: 'A `runbook-lint-…` comment names a code that there is not, so it hides nothing.', example: `${step('')}\n<!-- runbook-lint-disable no-such-code -->\n` },
  'unknown-step': { means: '`requires`, `undo` or a task card’s dependency names something that is not there. A step that requires it waits for ever; an undo block is not run for it.', example: step('{requires=nowhere}') },
  'unknown-value': { means: '`deploys`, `commit` or `schema` names neither an input nor a captured value, or a secret. Nothing is stated.', example: step('{deploys=VERSION}') },
  'unused-lint-disable': { means: 'The comment hides nothing: what it was for has been corrected. Take it out.', example: `${step('')}\n<!-- runbook-lint-disable bad-value -->\n` },
  'variable-not-read': { means: 'A `variables` block in a comment sets something that cannot be read as it stands: its value is made by a shell, or its name cannot be that of a variable here.', example: `<!--\n\`\`\`variables\nexport NAME=$(date)\n\`\`\`\n-->\n\n${step('')}` },
  'variables-asked': { means: 'A `variables` block in a comment sets values; a start asks for them, with these as they stand. Inputs of the front matter say more of a value: a description, a pattern, whether it is secret.', example: `<!--\n\`\`\`variables\nexport NAME=orders\n\`\`\`\n-->\n\n${step('')}` },
  'yaml-syntax': { means: 'A YAML block that looks like alert rules cannot be read, so its triggers are not used.', example: `${step('')}\n## Rollback triggers\n\n${block('', 'alerts:\n  - name: Errors\n    condition: "error rate > 5%\n', 'yaml')}` },
};
