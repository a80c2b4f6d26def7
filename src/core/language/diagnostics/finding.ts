import type { DiagnosticCode } from '../../runbook/diagnosticCodes.ts';
import type { Range } from '../text.ts';

/** How grave a finding is shown; `hint` only where one writes. */
export type LintSeverity = DiagnosticCode['severity'];

/** Something odd in a document, where it is underlined. */
export interface LintFinding {
  readonly code: string;
  readonly severity: LintSeverity;
  readonly message: string;
  readonly range: Range;
  /** The word that it is about; left out: all that is underlined. */
  readonly subject?: string;
  /** What was probably meant in the place of the subject. */
  readonly suggestion?: string;
}

/** What the user has set. */
export interface LintSettings {
  /** How grave findings of a code are shown, in the place of what they are by themselves. */
  readonly severities: ReadonlyMap<string, LintSeverity | 'off'>;
}

export const AS_THEY_ARE: LintSettings = { severities: new Map() };

/** Findings of these say that something in the text has no effect: it is shown faded. */
const UNUSED: ReadonlySet<string> = new Set(['duplicate-attribute', 'unused-lint-disable', 'listed-twice']);

export function isUnused({ code }: LintFinding): boolean {
  return UNUSED.has(code);
}
