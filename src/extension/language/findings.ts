import { type TextDocument, workspace } from 'vscode';
import type { LintFinding, LintSettings, LintSeverity } from '../../core/language/diagnostics/finding.ts';
import { lint } from '../../core/language/diagnostics/lint.ts';
import type { RunbookSource } from '../../core/language/source.ts';
import { readSetting } from '../settings.ts';
import { type LanguageHost, sourceOf } from './host.ts';

const SET: ReadonlySet<unknown> = new Set<LintSeverity | 'off'>(['error', 'warning', 'info', 'hint', 'off']);

/** What is odd in a document as the settings have it; nothing for Markdown that is no runbook, and for texts that nobody writes. */
export function findingsOf(document: TextDocument, host: LanguageHost): readonly LintFinding[] {
  const source = lintedSource(document, host);
  return source === undefined ? [] : lint(source, lintSettings(document), host.shells.known(source), host.shells.isWhole(source));
}

/** What a document says when it is one in which something odd is looked for. */
export function lintedSource(document: TextDocument, host: LanguageHost): RunbookSource | undefined {
  return isWritten(document) && readSetting('lint.enabled', document.uri) ? sourceOf(document, host) : undefined;
}

/** The other side of a comparison with git, for example, is only read. */
function isWritten({ uri }: TextDocument): boolean {
  return uri.scheme === 'untitled' || workspace.fs.isWritableFileSystem(uri.scheme) === true;
}

function lintSettings({ uri }: TextDocument): LintSettings {
  const entries = Object.entries(readSetting('lint.severity', uri));
  return { severities: new Map(entries.filter((entry): entry is [string, LintSeverity | 'off'] => SET.has(entry[1]))) };
}
