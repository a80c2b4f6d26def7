import type { SectionRole } from './model.ts';

/**
 * Every word that the format recognises, in one place. To teach it another
 * word, add it here. Attributes and keys of the front matter have tables of
 * their own: attributeTable.ts and frontMatterTable.ts.
 */

/** Fence languages whose content can be run. */
export const SHELL_LANGUAGES: ReadonlySet<string> = new Set([
  'sh', 'bash', 'shell', 'zsh', 'fish', 'console', 'shell-session', 'powershell', 'pwsh', 'cmd', 'bat',
  'azurecli', 'azurecli-interactive',
]);

/** Fences in which commands stand behind a prompt and the rest is expected output. */
export const SESSION_LANGUAGES: ReadonlySet<string> = new Set(['console', 'shell-session']);

/** A fence right after a command fence that holds what the command is expected to print. */
export const OUTPUT_LANGUAGE = 'output';

/** A fence that holds a request; with `check` in its annotation it is sent. */
export const REQUEST_LANGUAGE = 'http';

/**
 * The comment by which Innovation Engine's documents say that the next fence is what the command printed: a number
 * from 0 to 1, or a pattern in quotes. It is matched against one whole comment, so that a hostile text is read once.
 */
export const SIMILARITY_COMMENT = /^<!--\s*expected_similarity\s*=\s*(\d+(?:\.\d+)?|\.\d+|"[^]*"|'[^]*')\s*-->$/;

/** Opens a block, in a comment, in which such documents set variables for the whole file. */
export const VARIABLES_BLOCK = '```variables';

/** Interpreters that `shell=` may name. */
export const SHELLS: readonly string[] = ['bash', 'sh', 'zsh', 'fish', 'pwsh', 'powershell', 'cmd'];

/** A heading or bold label that begins a numbered phase: "Phase 3: Staging", "Stage 1". */
export const PHASE = /^(?:phase|stage)\s+(?:\d+|[ivx]+|[a-z])\b/i;

/** "Level 2: Code rollback", in a heading, a bold label or a comment. */
export const LEVEL = /\blevel\s*[-#]?\s*(\d+)\b\s*[:.)\-–—]*\s*/i;

/** Roles by heading words; the first that matches counts, so the special ones come first. */
export const ROLE_WORDS: readonly (readonly [SectionRole, RegExp])[] = [
  ['gate', /\bgo\s*(?:\/|-|or|and)?\s*no[\s-]?go\b/i],
  ['triggers', /\b(?:rollback|revert|abort)\s+triggers?\b|\bdecision\s+criteria\b|\balert(?:ing)?\s+thresholds?\b|^triggers?\b/i],
  ['signoff', /\bsign[\s-]?offs?\b|\bapprovals?\b/i],
  ['phase', PHASE],
  ['preflight', /\bpre[\s-]?flight\b|\bpre[\s-]?deploy(?:ment)?\b/i],
  ['criteria', /\b(?:success|acceptance|exit)\s+criteria\b/i],
  ['rollback', /\broll(?:ing)?[\s-]?back\b|\brecovery\b|\brevert(?:ing)?\b/i],
  ['postdeployment', /\bpost[\s-]?deploy(?:ment)?\b/i],
  ['verification', /\bverif(?:y|ication|ying)\b|\bvalidation\b|\bsmoke[\s-]?tests?\b/i],
];

/** Words in a heading inside a rollback section that make its commands a check of the rollback. */
export const VERIFICATION = /\bverif(?:y|ication|ying)\b|\bvalidat(?:e|ion|ing)\b|\bsmoke[\s-]?tests?\b/i;

/** Sentences that say what a rollback leaves behind. */
export const NOT_UNDONE =
  /\b(?:not|never|cannot|can't|doesn't|does not|won't)\b[^.]*\b(?:undo|undone|undoes|restore[sd]?|revert(?:s|ed)?|roll(?:s|ed)? back|touch(?:es|ed)?|remove[sd]?)\b|\b(?:is|are|be|will be) lost\b|\bdata loss\b|\birreversible\b|\b(?:stays?|remains?|kept|keeps)\b/i;

/** Keys of a task card's list. */
export const CARD_OWNER = /^(?:assignee|owner|responsible|assigned to)$/i;
export const CARD_EXECUTION = /^(?:execution|depends on|dependencies|requires|order)$/i;
export const CARD_DURATION = /^(?:duration|estimate|estimated time|time)$/i;
export const CARD_CRITERIA = /^(?:acceptance criteria|done when|definition of done|success criteria)$/i;

/** How a choice of a go/no-go section begins. */
export const NO_GO = /^no[\s-]?go\s*(?:$|[:(,.–—-])/i;
export const GO = /^go\s*(?:$|[:(,.–—-])/i;

/** The marker of a task item. */
export const TASK_MARK = /^\[([ xX])\](?:[ \t\u00a0]+|\n|$)/;

/** Comparison words of triggers and the operator that they mean. */
export const COMPARISONS: readonly (readonly [RegExp, string])[] = [
  [/^(?:>=|≥|at least)$/i, '>='],
  [/^(?:<=|≤|at most)$/i, '<='],
  [/^(?:>|exceeds?|above|over|more than|greater than|rises above|goes above)$/i, '>'],
  [/^(?:<|below|under|less than|falls below|drops below|fewer than)$/i, '<'],
  [/^(?:==?|equals?)$/i, '=='],
  [/^(?:!=|≠)$/i, '!='],
];

/** Seconds in a unit of time, by its names. */
export const TIME_UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|secs?|seconds?)$/i, 1],
  [/^(?:m|mins?|minutes?)$/i, 60],
  [/^(?:h|hrs?|hours?)$/i, 3600],
  [/^(?:d|days?)$/i, 86400],
  [/^(?:w|weeks?)$/i, 604800],
];

/** Names of environments that people mean production by, whether or not they are guarded: `production`, `live-eu`, `euProd`, `PRD`. */
export const PRODUCTION_NAME = /(?:^|[^A-Za-z]|(?<=[a-z])(?=[A-Z]))(?:[Pp]rod(?:uction)?|PROD(?:UCTION)?|[Ll]ive|LIVE|[Pp]rd|PRD)(?![a-z])/;

/**
 * Options of Runme's annotations: what they are here, or what they do there
 * as the end of a sentence. `silent`: they say how Runme shows something.
 */
export const RUNME_OPTIONS: ReadonlyMap<string, string> = new Map([
  ['name', 'id'],
  ['id', 'id'],
  ['cwd', 'cwd'],
  ['background', 'background'],
  ['interpreter', 'interpreter'],
  ['excludeFromRunAll', 'ask'],
  ['category', 'chooses which blocks run together'],
  ['tag', 'chooses which blocks run together'],
  ['promptEnv', 'asks for variables that a block exports'],
  ['transform', 'decides whether a block may be rewritten'],
  ['ignore', 'hides a block'],
  ['interactive', 'silent'],
  ['closeTerminalOnSuccess', 'silent'],
  ['openTerminalOnError', 'silent'],
  ['mimeType', 'silent'],
  ['terminalRows', 'silent'],
  ['cache', 'silent'],
  ['runmeVersion', 'silent'],
  ['language', 'silent'],
  ['skipPrompts', 'silent'],
]);

/** Attributes that Runme has as well: beside nothing but words of Runme they are Runme's. */
export const SHARED_WITH_RUNME: ReadonlySet<string> = new Set(['cwd', 'background', 'interpreter']);

/** Keys of the front matter that only Runme reads; in such a document they are said to do nothing. */
export const RUNME_KEYS: readonly string[] = ['skipPrompts', 'category', 'tag'];

/** Words of headings that name an environment. */
export const ENVIRONMENT_WORDS = /\b(?:development|staging|preproduction|production|canary|qa|uat)\b/gi;
