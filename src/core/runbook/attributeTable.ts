/**
 * The attributes of annotations, in one place: what they may stand on, what
 * they say, and an example. The parser, the documentation and the help while
 * writing all read this table. To teach the format another one, add it here.
 */

/** Where an attribute may stand: on commands, on an `output` or `http` fence, on an item or a heading, on commands of a rollback section. */
export type AttributePlace = 'fence' | 'output' | 'http' | 'item' | 'heading' | 'rollback';

/** What a value can be completed with; `ids`: steps and sections, `input`: inputs and captured values, `word`: nothing that is known. */
export type ValueKind = 'duration' | 'shell' | 'ids' | 'steps' | 'level' | 'input' | 'backup' | 'matchMode' | 'path' | 'word';

export interface AttributeShape {
  /** Whether this version acts on it. */
  readonly acts: boolean;
  /** Whether it stands alone or needs a value; absent: its reader knows more of what it may be. */
  readonly value?: 'none' | 'needed' | 'notEmpty';
  /** A guard: written wrong, it holds all the same, as if it stood alone. */
  readonly guards?: true;
  readonly on: readonly AttributePlace[];
  /** null: it stands alone. */
  readonly suggests: ValueKind | null;
  /** Page of docs/ that says more, perhaps with an anchor; null for none. */
  readonly page: string | null;
  /** An annotation that is read without a complaint, on the first of its places. */
  readonly example: string;
  /** One that is reported there. */
  readonly refused: string;
  /** What it says, in Markdown: the rest of a sentence that begins with its name. */
  readonly says: string;
}

/** `env.NAME=value`: a variable of one block. */
export const ENV_PREFIX = 'env.';

/** Every row of the documentation, in its order: the attributes, `#id`, and `env.NAME` for all of its kind. */
export const ATTRIBUTE_ROWS: readonly (readonly [string, AttributeShape])[] = [
  ['#id', { acts: true, on: ['fence', 'item', 'heading'], suggests: 'word', page: null, example: '{#migrate}', refused: '{#deploy}', says: 'its name, for `requires`, `undo` and links; without one it is made from the words and the place' }],
  ['title', { acts: true, value: 'needed', on: ['fence', 'item', 'heading'], suggests: 'word', page: null, example: '{title="Migrate the database"}', refused: '{title}', says: 'the text that is shown' }],
  ['timeout', { acts: true, on: ['fence'], suggests: 'duration', page: null, example: '{timeout=5m}', refused: '{timeout=soon}', says: 'when the block is stopped and counts as failed' }],
  ['cwd', { acts: true, on: ['fence'], suggests: 'path', page: null, example: '{cwd=services/orders}', refused: '{cwd}', says: 'the folder it runs in, inside the workspace' }],
  ['shell', { acts: true, on: ['fence'], suggests: 'shell', page: null, example: '{shell=zsh}', refused: '{shell=tcsh}', says: 'the shell, other than the language\'s' }],
  ['env.NAME', { acts: true, on: ['fence'], suggests: 'word', page: 'BLOCKS.md#variables-of-one-block', example: '{env.CHANNEL=beta}', refused: '{env.CHANNEL}', says: 'a variable of this block alone' }],
  ['interpreter', { acts: true, on: ['fence'], suggests: 'word', page: 'BLOCKS.md', example: '{interpreter="python3 -u"}', refused: '{interpreter=""}', says: 'the program that gets the block, in any language' }],
  ['file', { acts: true, on: ['fence'], suggests: 'path', page: 'BLOCKS.md#files', example: '{file=config/app.yml}', refused: '{file=../app.yml}', says: 'the step writes this file, after its difference was confirmed' }],
  ['capture', { acts: true, on: ['fence'], suggests: 'word', page: 'BLOCKS.md#captured-values', example: '{capture=RELEASE}', refused: '{capture=PATH}', says: 'what it prints becomes a value of this name' }],
  ['exit', { acts: true, on: ['fence'], suggests: 'word', page: 'CHECKS.md', example: '{exit=0,3}', refused: '{exit=many}', says: 'the exit codes that are a success' }],
  ['expect', { acts: true, on: ['fence'], suggests: 'word', page: 'CHECKS.md', example: '{expect="ready"}', refused: '{expect=/[/}', says: 'what it has to print' }],
  ['retry', { acts: true, on: ['fence'], suggests: 'word', page: 'CHECKS.md', example: '{retry=3}', refused: '{retry=0}', says: 'how often it is tried in all' }],
  ['every', { acts: true, on: ['fence'], suggests: 'duration', page: 'CHECKS.md', example: '{retry=3 every=10s}', refused: '{every=10s}', says: 'the time between attempts' }],
  ['check', { acts: true, value: 'none', on: ['fence'], suggests: null, page: 'CHECKS.md', example: '{check}', refused: '{check=no}', says: 'it only looks: may be run at any time, and by *Verify*' }],
  ['match', { acts: true, on: ['output'], suggests: 'matchMode', page: 'CHECKS.md', example: '{match=contains}', refused: '{match=roughly}', says: 'how printed text is compared' }],
  ['contains', { acts: true, on: ['http', 'output'], suggests: 'word', page: null, example: '{check contains="ok"}', refused: '{check contains}', says: 'on a request, what the body of the answer has in it; alone on an `output` fence, that its text is somewhere in what was printed' }],
  ['exact', { acts: true, value: 'none', on: ['output'], suggests: null, page: null, example: '{exact}', refused: '{exact=yes}', says: 'it is all that was printed' }],
  ['regex', { acts: true, value: 'none', on: ['output'], suggests: null, page: null, example: '{regex}', refused: '{regex=yes}', says: 'it is a regular expression' }],
  ['similarity', { acts: true, value: 'needed', on: ['output'], suggests: 'word', page: 'CHECKS.md#alike', example: '{similarity=0.8}', refused: '{similarity=2}', says: 'how much alike the text and what was printed have to be, from 0 to 1' }],
  ['header', { acts: true, on: ['http'], suggests: 'word', page: 'CHECKS.md', example: '{check header="content-type: json"}', refused: '{check header="no name"}', says: 'a header that the answer has to have' }],
  ['confirm', { acts: true, value: 'notEmpty', guards: true, on: ['fence', 'item', 'heading'], suggests: 'word', page: null, example: '{confirm="production"}', refused: '{confirm=""}', says: 'asks before it runs; with a word, for that word to be typed' }],
  ['requires', { acts: true, value: 'needed', on: ['fence', 'item', 'heading'], suggests: 'ids', page: 'BLOCKS.md#order', example: '{requires=deploy}', refused: '{requires=nowhere}', says: 'what has to be settled before' }],
  ['parallel', { acts: true, value: 'none', on: ['fence', 'heading'], suggests: null, page: 'ORDER.md', example: '{parallel}', refused: '{parallel=4}', says: 'may run at the same time as its neighbours' }],
  ['background', { acts: true, value: 'none', on: ['fence'], suggests: null, page: 'ORDER.md', example: '{background}', refused: '{background=yes}', says: 'keeps running while the run goes on' }],
  ['soak', { acts: true, on: ['item', 'heading'], suggests: 'duration', page: 'TIME.md', example: '{soak=4h}', refused: '{soak=long}', says: 'time that has to pass before what comes after it' }],
  ['backup', { acts: true, on: ['fence'], suggests: 'backup', page: 'BACKUPS.md', example: '{backup=orders-db capture=NAME}', refused: '{backup=orders-db}', says: 'makes a backup; what it captures is its name' }],
  ['prune', { acts: true, on: ['fence'], suggests: 'backup', page: 'BACKUPS.md', example: '{prune=orders-db}', refused: '{prune=order-db}', says: 'removes the backups that are too many, from `BACKUPS_TO_PRUNE`' }],
  ['restore', { acts: true, on: ['fence'], suggests: 'backup', page: 'BACKUPS.md', example: '{restore=orders-db}', refused: '{restore}', says: 'restores the backup that `BACKUP` names' }],
  ['deploys', { acts: true, on: ['fence'], suggests: 'input', page: 'STATUS.md', example: '{capture=VERSION deploys=VERSION}', refused: '{deploys=VERSION}', says: 'the release that is deployed once it has succeeded: a value by its name' }],
  ['commit', { acts: true, on: ['fence'], suggests: 'input', page: 'STATUS.md', example: '{capture=SHA commit=SHA}', refused: '{commit}', says: 'the commit that is deployed once it has succeeded: a value by its name' }],
  ['schema', { acts: true, on: ['fence'], suggests: 'input', page: 'STATUS.md', example: '{capture=SCHEMA schema=SCHEMA}', refused: '{schema=SCHEMA}', says: 'the version of the schema that is deployed once it has succeeded: a value by its name' }],
  ['owner', { acts: true, value: 'needed', on: ['item', 'fence'], suggests: 'word', page: null, example: '{owner=@qa}', refused: '{owner}', says: 'whose it is; shown, and asks for nothing' }],
  ['by', { acts: true, on: ['item', 'fence'], suggests: 'word', page: null, example: '{by=@sre}', refused: '{by}', says: 'reserved: somebody who takes no part in the run agrees to it first, in the run\'s record' }],
  ['approvers', { acts: true, on: ['item', 'fence'], suggests: 'word', page: null, example: '{by=@sre approvers=2}', refused: '{approvers=none}', says: 'how many different people agree, told apart by their git identity, which is a statement and no authentication' }],
  ['evidence', { acts: true, value: 'none', guards: true, on: ['item'], suggests: null, page: null, example: '{evidence}', refused: '{evidence=no}', says: 'a note, a link, or the path of a file, whose SHA-256 is kept with it' }],
  ['undo', { acts: true, on: ['fence'], suggests: 'steps', page: 'ROLLBACK.md', example: '{undo=deploy}', refused: '{undo=nowhere}', says: 'it takes back the steps that are named' }],
  ['irreversible', { acts: true, on: ['fence', 'item'], suggests: 'level', page: 'ROLLBACK.md', example: '{irreversible}', refused: '{irreversible=soon}', says: 'the point of no return, and the levels that it closes' }],
  ['level', { acts: true, on: ['fence'], suggests: 'level', page: null, example: '{level=1}', refused: '{level=first}', says: 'it belongs to this rollback level, wherever it stands' }],
  ['budget', { acts: true, on: ['heading', 'fence'], suggests: 'duration', page: null, example: '{budget=2m}', refused: '{budget=short}', says: 'how long a level may take' }],
  ['verify', { acts: true, value: 'none', on: ['rollback'], suggests: null, page: null, example: '{verify}', refused: '{verify=yes}', says: 'it is looked at after the commands of its level' }],
];

/** What is written as it is and not by its name. */
const FORMS: ReadonlySet<string> = new Set(['#id', `${ENV_PREFIX}NAME`]);

/** Attributes of annotations by their names. */
export const ATTRIBUTES: ReadonlyMap<string, AttributeShape> = new Map(ATTRIBUTE_ROWS.filter(([name]) => !FORMS.has(name)));

/** What the table says of a name as an author writes it, `#id` and `env.CHANNEL` included; null for one that is not known. */
export function attributeShape(name: string): AttributeShape | null {
  const row = name.startsWith('#') ? '#id' : name.startsWith(ENV_PREFIX) ? `${ENV_PREFIX}NAME` : name;
  return ATTRIBUTE_ROWS.find(([each]) => each === row)?.[1] ?? null;
}
