import type { Severity } from './model.ts';

/**
 * Every code of a finding, in one place. Those of the parser are shown wherever
 * the runbook is; lints only where it is written: what they say is no defect
 * for who runs it at night.
 */
export interface DiagnosticCode {
  /** In a few words. */
  readonly title: string;
  /** What it is reported as; a finding of the parser can be graver or lighter where that matters. `hint` is shown where one writes, and in no list. */
  readonly severity: Severity | 'hint';
  /** It is only for who writes the document. */
  readonly lint?: true;
}

export const DIAGNOSTIC_CODES = {
  'acts-on-programs': { severity: 'info', title: 'A variable that programs act on' },
  'annotation-syntax': { severity: 'warning', title: 'An annotation that is not understood' },
  'background-of-several': { severity: 'warning', title: 'background on an item with several commands' },
  'backup-without-capture': { severity: 'error', title: 'A backup without a name' },
  'bad-combination': { severity: 'error', title: 'Attributes that do not go together' },
  'bad-request': { severity: 'error', title: 'A request that is not valid' },
  'bad-value': { severity: 'error', title: 'A value that is not understood' },
  'budget-too-short': { severity: 'warning', title: 'Time limits that exceed the budget' },
  'captured-twice': { severity: 'warning', title: 'A value that two blocks capture' },
  'cd-unguarded': { severity: 'warning', lint: true, title: 'Removing after a cd that may fail' },
  'check-of-several': { severity: 'warning', title: 'check on an item with several commands' },
  'credential-in-clear': { severity: 'warning', lint: true, title: 'A secret that is written out' },
  'dependency-cycle': { severity: 'error', title: 'Steps that wait for each other' },
  'destructive-without-undo': { severity: 'warning', lint: true, title: 'Something is destroyed and nothing brings it back' },
  'duplicate-attribute': { severity: 'warning', title: 'An attribute that is given twice' },
  'duplicate-id': { severity: 'error', title: 'An id that is used twice' },
  'empty-fence': { severity: 'info', title: 'An empty command block' },
  'file-in-rollback': { severity: 'error', title: 'A file written in a rollback' },
  'front-matter-syntax': { severity: 'error', title: 'Front matter that is not valid YAML' },
  'hidden-characters': { severity: 'warning', title: 'Characters that cannot be seen or that mislead' },
  'invalid-utf8': { severity: 'warning', title: 'Bytes that are not valid UTF-8' },
  'level-without-check': { severity: 'hint', lint: true, title: 'A rollback level without a check' },
  'level-without-commands': { severity: 'warning', title: 'A rollback level without commands' },
  'listed-twice': { severity: 'warning', title: 'A runbook that the package lists twice' },
  'misplaced-attribute': { severity: 'warning', title: 'An attribute that does nothing where it stands' },
  'newer-format': { severity: 'error', title: 'A newer format' },
  'no-monitor': { severity: 'warning', title: 'A trigger that nothing measures' },
  'no-rollback': { severity: 'info', lint: true, title: 'Commands and no way back' },
  'no-trigger': { severity: 'info', title: 'A monitor that no trigger looks at' },
  'no-way-back': { severity: 'warning', title: 'A step that nothing takes back' },
  'not-acted-on': { severity: 'warning', title: 'A word that this version does not act on' },
  'not-text': { severity: 'error', title: 'A file that is probably no text' },
  'only-comments': { severity: 'error', title: 'An undo or a check that holds only comments' },
  'opens-session': { severity: 'warning', lint: true, title: 'Commands below one that opens a shell' },
  'other-unit': { severity: 'warning', title: 'A trigger and its monitor in different units' },
  'parallel-alone': { severity: 'warning', title: 'parallel with nothing beside it' },
  'pipe-hides-failure': { severity: 'warning', lint: true, title: 'A backup whose failure nobody sees' },
  'pipe-to-shell': { severity: 'warning', lint: true, title: 'A download that is run unread' },
  'rm-unset': { severity: 'warning', lint: true, title: 'Removing below a variable that may be empty' },
  'runme-option': { severity: 'info', title: 'An option of Runme that means something else here, or nothing' },
  'shadowed-input': { severity: 'error', title: 'A name that two values have' },
  'shell-syntax': { severity: 'error', lint: true, title: 'Commands that a shell cannot read' },
  'soak-aside': { severity: 'warning', title: 'soak in a rollback or trigger section' },
  'stray-similarity': { severity: 'warning', title: 'An expected similarity that checks nothing' },
  'sudo-in-check': { severity: 'info', lint: true, title: 'A check that runs as another user' },
  'too-deep': { severity: 'error', title: 'Lists and quotes nested too deeply' },
  'unfilled-placeholder': { severity: 'info', lint: true, title: 'A placeholder that nothing fills' },
  'unknown-attribute': { severity: 'warning', title: 'An attribute that there is not' },
  'unknown-backup': { severity: 'error', title: 'A backup that is not declared' },
  'unknown-key': { severity: 'error', title: 'A key that there is not' },
  'unknown-level': { severity: 'error', title: 'A rollback level that there is not' },
  'unknown-lint-code': { severity: 'warning', lint: true, title: 'A lint comment that names no code' },
  'unknown-step': { severity: 'error', title: 'A step or section that there is not' },
  'unknown-value': { severity: 'error', title: 'A value that nothing gives' },
  'unused-lint-disable': { severity: 'info', lint: true, title: 'A lint comment that hides nothing' },
  'variable-not-read': { severity: 'warning', title: 'A variable in a comment that is not read' },
  'variables-asked': { severity: 'info', title: 'Variables in a comment that a start asks for' },
  'yaml-syntax': { severity: 'warning', title: 'Alert rules that are not valid YAML' },
} as const satisfies Readonly<Record<string, DiagnosticCode>>;

export type Code = keyof typeof DIAGNOSTIC_CODES;

/** What is known of a code; undefined for a word that is none. */
export function diagnosticCode(code: string): DiagnosticCode | undefined {
  return Object.hasOwn(DIAGNOSTIC_CODES, code) ? DIAGNOSTIC_CODES[code as Code] : undefined;
}
