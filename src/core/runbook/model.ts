/**
 * What a Markdown document means once it has been read as a runbook.
 *
 * Plain data only: everything here is derived from the text and can be thrown
 * away and derived again. Line numbers count from 1.
 */

import type { Token } from 'markdown-it';
import type { Expectation } from './expectation.ts';
import type { BackupDefinition, BackupUse, StatedNames } from './backups/model.ts';
import type { Monitor } from './monitors/model.ts';
import type { NamedValue, SetupQuestions } from './setup/model.ts';

/** How a section is shown and used. A role never hides content. */
export type SectionRole =
  | 'phase'
  | 'preflight'
  | 'verification'
  | 'rollback'
  | 'triggers'
  | 'signoff'
  | 'gate'
  | 'criteria'
  | 'postdeployment';

/** What a person has to do at a step. */
export type StepKind = 'manual' | 'command' | 'task' | 'gate' | 'attestation';

/** The languages whose fences can be run, as their authors write them (lower case). */
export type ShellLanguage =
  | 'sh'
  | 'bash'
  | 'shell'
  | 'zsh'
  | 'fish'
  | 'console'
  | 'shell-session'
  | 'powershell'
  | 'pwsh'
  | 'cmd'
  | 'bat'
  | 'azurecli'
  | 'azurecli-interactive';

/** Options that a fence's annotation sets; an absent one is null. */
export interface CommandOptions {
  /** Limit in seconds. */
  readonly timeoutSeconds: number | null;
  /** Directory relative to the workspace folder, exactly as written. */
  readonly cwd: string | null;
  /** `cwd` is counted from the runbook's own folder; left out: from the workspace folder. */
  readonly cwdFrom?: 'document';
  /** Interpreter that the author asked for. */
  readonly shell: string | null;
  /** true: ask first; a string: that word has to be typed. */
  readonly confirm: boolean | string;
  /** What success is, beside the exit code. */
  readonly expects: Expectation;
  /** How often it is tried until it succeeds, or null: once. */
  readonly repeat: Repeat | null;
  /** Program and arguments that get the block as a file, in the place of a shell; left out: none. */
  readonly interpreter?: readonly string[];
  /** Variables of this block alone; left out: none. */
  readonly env?: readonly NamedValue[];
  /** Name of the value that its standard output becomes; left out: none. */
  readonly capture?: string;
  /** File of the workspace that gets the block as its content, in the place of running it; left out: none. */
  readonly file?: string;
  /** What it does with backups; left out: nothing. */
  readonly backup?: BackupUse;
  /** What is deployed once it has succeeded; left out: it says nothing of that. */
  readonly states?: StatedNames;
}

/** A command is tried again until it succeeds. */
export interface Repeat {
  /** How often at most, the first time counted. */
  readonly times: number;
  /** Seconds between the end of one attempt and the next. */
  readonly everySeconds: number;
}

/** One block of commands, byte for byte what would be run. */
export interface Command {
  /** The fence's language as written, lower case. */
  readonly language: string;
  /** The commands with LF line ends. */
  readonly text: string;
  /** Line of the fence, or of the comment that begins a rollback level inside a fence. */
  readonly line: number;
  readonly options: CommandOptions;
  /** Placeholders that stand in the text, in order of appearance. */
  readonly placeholders: readonly Placeholder[];
  /** Characters that could make the text lie (see hiddenCharacters.ts). */
  readonly hidden: readonly HiddenCharacter[];
  /** Expected output as the document shows it (a console session, an output fence), or null. */
  readonly expectedOutput: string | null;
}

/** A placeholder in a command, such as `[repo]` or `<version>`. */
export interface Placeholder {
  /** The name inside the brackets. */
  readonly name: string;
  /** Offset of the first character in the command's text (UTF-16 units). */
  readonly start: number;
  /** Offset just past the last one. */
  readonly end: number;
}

/** A character that is invisible or that changes how others are shown. */
export interface HiddenCharacter {
  /** For example `U+202E`. */
  readonly codePoint: string;
  /** What Unicode calls it, in short. */
  readonly name: string;
  /** Offset in the command's text (UTF-16 units). */
  readonly offset: number;
}

/** A stretch of time that the document states. */
export interface StatedTime {
  /** Upper bound in seconds. */
  readonly seconds: number;
  /** The original words, for example `24-48 hours`. */
  readonly words: string;
}

/** Other people who have to agree before a step counts. */
export interface Reservation {
  /** Person or role as written, for example `@qa`; null: anybody who takes no part in the run. */
  readonly by: string | null;
  /** How many different people, from 1. */
  readonly approvers: number;
}

export interface Step {
  /** Unique in the runbook. */
  readonly id: string;
  /** Plain text. */
  readonly title: string;
  /** The title as Markdown inline source, for rendering. */
  readonly titleMarkdown: string;
  readonly kind: StepKind;
  /** Line of the item, heading (task card) or fence. */
  readonly line: number;
  /** Last line that belongs to the step. */
  readonly endLine: number;
  readonly sectionId: string | null;
  readonly parentId: string | null;
  readonly tickedInSource: boolean;
  /** Person or role that the document names. */
  readonly owner: string | null;
  /** Ids of the steps and sections that have to be settled first. */
  readonly requires: readonly string[];
  readonly commands: readonly Command[];
  /** How long the document says it takes. */
  readonly estimate: StatedTime | null;
  /** Time that has to pass once it is done, before what stands behind it; left out for none. */
  readonly soak?: StatedTime;
  /** For a gate's choice: what taking it means. */
  readonly decision: 'go' | 'no-go' | null;
  /** For whom it is reserved, or null. A gate's is about Go; No-Go is never held up. */
  readonly reservation: Reservation | null;
  /** A note, a link or a file has to be given when it is ticked or decided. */
  readonly needsEvidence: boolean;
  /** true when the step confirms before it is done or run; a string has to be typed. */
  readonly confirm: boolean | string;
  /** true in a rollback or trigger section: not part of the way forward. */
  readonly aside: boolean;
  /** true for a fence that verifies a rollback level. */
  readonly verifies: boolean;
  /** Set when it cannot be taken back once it has begun. */
  readonly irreversible: PointOfNoReturn | null;
  /** A verification that changes nothing: it may be run at any time, out of order and again. */
  readonly check: boolean;
  /** Its command keeps running while the run goes on, and is stopped at the end of the run. */
  readonly background: boolean;
  /** The group of steps with which it may run at the same time; null: it runs by itself. */
  readonly parallel: string | null;
  /** Ordered or task-list number for display (`3.`), or null. */
  readonly ordinal: number | null;
}

/** What cannot be taken back once it has begun. */
export interface PointOfNoReturn {
  /** Rollback levels that can no longer be used after it, as its author says. */
  readonly closes: readonly number[];
}

/** A block that takes back what steps did; no step of the way forward. */
export interface Undo {
  /** Empty when nothing that it names is there: then it is never run. */
  readonly stepIds: readonly string[];
  readonly command: Command;
}

export interface Section {
  readonly id: string;
  /** Plain text of the heading, annotation removed. */
  readonly title: string;
  /** 1 to 6; a bold stage label counts one deeper than the heading above it. */
  readonly depth: number;
  readonly role: SectionRole | null;
  readonly line: number;
  readonly endLine: number;
  readonly parentId: string | null;
  /** Budget, estimate or soak time of the heading, in seconds. */
  readonly budgetSeconds: number | null;
  /** The original words of that time. */
  readonly budgetWords: string | null;
  /** Time that has to pass once all of it is settled, before what stands behind it; left out for none. */
  readonly soak?: StatedTime;
  /** Ids of steps and sections that have to be settled before any step of it; left out for none. */
  readonly requires?: readonly string[];
}

export interface RollbackLevel {
  readonly level: number;
  readonly title: string;
  readonly budgetSeconds: number | null;
  readonly budgetWords: string | null;
  /** Line of the heading, or of the comment inside a fence. */
  readonly line: number;
  readonly sectionId: string | null;
  readonly commands: readonly Command[];
  /** Commands that verify the rollback, run after `commands`. */
  readonly verify: readonly Command[];
  /** Ids of the steps that hold `verify`, in the same order. */
  readonly verifyStepIds: readonly string[];
  /** Other places that describe the same level. */
  readonly alternatives: readonly { readonly line: number; readonly title: string }[];
  /** Sentences of the section that say what is not undone, in Markdown. */
  readonly notes: readonly string[];
}

export interface Trigger {
  readonly metric: string;
  /** `>`, `>=`, `<`, `<=`, `==`, `!=` or null when the words did not parse. */
  readonly operator: string | null;
  readonly value: number | null;
  readonly unit: string | null;
  readonly forSeconds: number | null;
  readonly severity: string | null;
  readonly action: string | null;
  /** Rollback level that the action names. */
  readonly level: number | null;
  readonly line: number;
  /** It stands in the front matter; left out when it was read from prose. */
  readonly declared?: true;
}

/** Something that has to be filled in. */
export interface Field {
  readonly name: string;
  readonly where: 'command' | 'prose';
  readonly line: number;
}

export type Severity = 'error' | 'warning' | 'info';

export interface Diagnostic {
  readonly severity: Severity;
  readonly code: string;
  /** Says what is wrong and what to do. */
  readonly message: string;
  readonly line: number;
  /** The word of the source, from that line on, that it is about; left out: the line. */
  readonly subject?: string;
  /** What was probably meant in the place of the subject. */
  readonly suggestion?: string;
}

/** An annotation that was read, for those who help to write it. */
export interface AnnotationPlace {
  /** With its braces, as it is written. */
  readonly text: string;
  /** Line of the fence, or the first line of the heading or item at whose end it stands. */
  readonly line: number;
  readonly on: 'fence' | 'output' | 'heading' | 'item';
}

/**
 * A node of the document in reading order, from which the panel is drawn.
 * `content` is Markdown that is no step, given as its lines in the source.
 */
export type Block =
  | { readonly kind: 'section'; readonly sectionId: string }
  | { readonly kind: 'step'; readonly stepId: string }
  | {
      readonly kind: 'content';
      /** What markdown-it made of it; rendered only when it is shown. */
      readonly tokens: readonly Token[];
      readonly line: number;
      readonly endLine: number;
      /** Step inside which the content stands, or null. */
      readonly stepId: string | null;
    }
  /** Commands of a rollback level, where they stand in the document. */
  | { readonly kind: 'level'; readonly level: number; readonly command: Command; readonly line: number };

export interface Runbook {
  readonly title: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly sections: readonly Section[];
  readonly steps: readonly Step[];
  readonly rollbackLevels: readonly RollbackLevel[];
  /** Blocks that take back steps, in document order. */
  readonly undos: readonly Undo[];
  readonly triggers: readonly Trigger[];
  readonly fields: readonly Field[];
  readonly diagnostics: readonly Diagnostic[];
  readonly blocks: readonly Block[];
  readonly frontMatter: FrontMatter;
  /** In document order. */
  readonly annotations: readonly AnnotationPlace[];
  /** Number of lines in the source. */
  readonly lineCount: number;
}

export interface FrontMatter {
  /** `runbook:` number, or null. A newer one than ours opens read-only. */
  readonly version: number | null;
  readonly title: string | null;
  readonly shell: string | null;
  /** Folder of blocks that name none, from the runbook's own folder; left out for none. */
  readonly cwd?: string;
  readonly timeoutSeconds: number | null;
  /** What a start has to ask; left out when the front matter says nothing of it. */
  readonly setup?: SetupQuestions;
  /** What can be measured during a run; left out for none. */
  readonly monitors?: readonly Monitor[];
  /** When a level is advised, as the front matter says; left out for none. */
  readonly triggers?: readonly Trigger[];
  /** Kinds of backups that blocks make; left out for none. */
  readonly backups?: readonly BackupDefinition[];
  /** The other runbooks that belong with this one; left out for none. */
  readonly package?: readonly PackageEntry[];
}

/** A runbook that another one names as a part of its package. */
export interface PackageEntry {
  /** Relative to the folder of the runbook that names it, with `/`; `..` only at its beginning. */
  readonly path: string;
  readonly line: number;
}

/** The newest `runbook:` number that this version can run. */
export const FORMAT_VERSION = 1;
