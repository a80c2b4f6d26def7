/**
 * The keys of the front matter, in one place: what they hold, what they say,
 * and an example. The parser, the documentation, the JSON Schema and the help
 * while writing all read this table. To teach the format another one, add it here.
 */

import type { ValueKind } from './attributeTable.ts';

/**
 * What a key holds. `texts`: a list; `variables`: names with texts; `named`:
 * names with the keys of `keys`; `items`: a list of such; `count`: a whole
 * number, or one for each environment; `word`: a text, or true for a name.
 */
export type KeyType = 'number' | 'text' | 'flag' | 'duration' | 'word' | 'count' | 'texts' | 'variables' | 'named' | 'items';

/** A key of the front matter, or of something in it. */
export interface KeyShape {
  readonly type: KeyType;
  readonly suggests: ValueKind | null;
  /** What it says, in Markdown: the rest of a sentence that begins with its name. */
  readonly says: string;
  /** A line that is read without a complaint. */
  readonly example: string;
}

export interface FrontMatterShape extends KeyShape {
  /** Whether this version acts on it. */
  readonly acts: boolean;
  /** Page of docs/ that says more; null for none. */
  readonly page: string | null;
  /** A line that is reported. */
  readonly refused: string;
  /** Keys of each thing that it holds. */
  readonly keys?: ReadonlyMap<string, KeyShape>;
}

const text = (says: string, example: string, suggests: ValueKind | null = 'word'): KeyShape => ({ type: 'text', suggests, says, example });
const flag = (says: string, example: string): KeyShape => ({ type: 'flag', suggests: null, says, example });
const duration = (says: string, example: string): KeyShape => ({ type: 'duration', suggests: 'duration', says, example });

/** Keys of one environment. */
export const ENVIRONMENT_KEYS: ReadonlyMap<string, KeyShape> = new Map([
  ['branch', text('the branch that has to be checked out', 'branch: main')],
  ['clean', flag('no uncommitted changes; records do not count', 'clean: true')],
  ['confirm', { type: 'word', suggests: 'word', says: 'the word that is typed before a run starts there, or `true` for the environment’s name', example: 'confirm: production' }],
  ['env', { type: 'variables', suggests: null, says: 'variables that every command gets there', example: 'env: { URL: "http://127.0.0.1:8080" }' }],
]);

/** Keys of one input. */
export const INPUT_KEYS: ReadonlyMap<string, KeyShape> = new Map([
  ['description', text('shown below its label', 'description: Release to deploy')],
  ['pattern', text('regular expression for the whole value', 'pattern: "v\\\\d+"')],
  ['choices', { type: 'texts', suggests: null, says: 'it is one of these', example: 'choices: [small, large]' }],
  ['default', text('proposed; a secret has none', 'default: small')],
  ['required', flag('`false`: it may stay empty, and then the variable is empty', 'required: false')],
  ['secret', flag('typed unseen, recorded nowhere, masked in what commands print', 'secret: true')],
]);

/** Keys of one monitor. */
export const MONITOR_KEYS: ReadonlyMap<string, KeyShape> = new Map([
  ['command', text('what is run; it prints a number', 'command: "./bin/metric error_rate"')],
  ['every', duration('the time from one start to the next, 1s to 1h; 30s when left out', 'every: 30s')],
  ['timeout', duration('how long it may take, 1s to 5m; 10s when left out', 'timeout: 5s')],
  ['unit', text('what its numbers are', 'unit: "%"')],
  ['shell', text('the shell that runs it; else the front matter’s `shell`, else `sh`', 'shell: bash', 'shell')],
]);

/** Keys of one trigger. */
export const TRIGGER_KEYS: ReadonlyMap<string, KeyShape> = new Map([
  ['when', text('a metric, a comparison and a number with its unit', 'when: "error_rate > 5%"')],
  ['for', duration('how long that has to hold; at once when left out', 'for: 5m')],
  ['level', { type: 'number', suggests: 'level', says: 'the rollback level that is advised then', example: 'level: 1' }],
  ['action', text('what is to be done, in words for people', 'action: Roll back')],
  ['severity', text('how bad it is, in a word for people', 'severity: critical')],
]);

/** Keys of one kind of backup. */
export const BACKUP_KEYS: ReadonlyMap<string, KeyShape> = new Map([
  ['description', text('what it is a backup of', 'description: Database of the orders service')],
  ['keep', { type: 'count', suggests: 'word', says: 'how many are kept, everywhere or for each environment; all when left out', example: 'keep: 10' }],
]);

/** Keys of the front matter, in the order of the documentation. */
export const FRONT_MATTER_KEYS: ReadonlyMap<string, FrontMatterShape> = new Map<string, FrontMatterShape>([
  ['runbook', { acts: true, type: 'number', suggests: 'word', page: null, example: 'runbook: 1', refused: 'runbook: one', says: 'the number of this format; a newer one opens for reading only' }],
  ['title', { acts: true, type: 'text', suggests: 'word', page: null, example: 'title: Deploy orders', refused: 'title: 3', says: 'the title, before that of the first heading' }],
  ['shell', { acts: true, type: 'text', suggests: 'shell', page: null, example: 'shell: bash', refused: 'shell: tcsh', says: 'the shell of blocks that name none' }],
  ['cwd', { acts: true, type: 'text', suggests: 'path', page: null, example: 'cwd: ../services', refused: 'cwd: 3', says: 'the folder of blocks that name none, inside the workspace, counted from the runbook\'s own folder' }],
  ['timeout', { acts: true, type: 'duration', suggests: 'duration', page: null, example: 'timeout: 15m', refused: 'timeout: soon', says: 'the limit of blocks that name none' }],
  ['environments', { acts: true, type: 'named', suggests: null, keys: ENVIRONMENT_KEYS, page: 'ENVIRONMENTS.md', example: 'environments: { staging: { branch: dev, clean: true, confirm: staging, env: { URL: "http://127.0.0.1:8081" } } }', refused: 'environments: { staging: { brunch: dev } }', says: 'where it can run, what that needs and gives' }],
  ['inputs', { acts: true, type: 'named', suggests: null, keys: INPUT_KEYS, page: 'ENVIRONMENTS.md', example: 'inputs: { version: { description: Release, pattern: "v\\\\d+", required: true } }', refused: 'inputs: { version: { pattern: "[" } }', says: 'values that a start asks for' }],
  ['monitors', { acts: true, type: 'named', suggests: null, keys: MONITOR_KEYS, page: 'MONITORS.md', example: 'monitors: { error_rate: { command: "./bin/rate", every: 30s } }', refused: 'monitors: { error_rate: { every: 30s } }', says: 'commands that print a number during a run' }],
  ['backups', { acts: true, type: 'named', suggests: null, keys: BACKUP_KEYS, page: 'BACKUPS.md', example: 'backups: { orders-db: { description: Orders, keep: 10 } }', refused: 'backups: { orders-db: { keep: 0 } }', says: 'kinds of backups and how many are kept' }],
  ['triggers', { acts: true, type: 'items', suggests: null, keys: TRIGGER_KEYS, page: 'MONITORS.md', example: 'triggers: [ { when: "error_rate > 5%", for: 5m, level: 1 } ]', refused: 'triggers: [ { when: "too many errors" } ]', says: 'when which rollback is advised' }],
  ['package', { acts: true, type: 'texts', suggests: 'path', page: 'PACKAGES.md', example: 'package: [rollback.runbook.md, ../shared/verify.md]', refused: 'package: [/etc/plan.md]', says: 'the other runbooks that belong with this one, by paths relative to it' }],
]);
