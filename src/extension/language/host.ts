import type { DocumentSelector, TextDocument } from 'vscode';
import type { RunbookSource } from '../../core/language/source.ts';
import type { Log } from '../log.ts';
import { isRunbookDocument } from '../runbookFiles.ts';
import type { PastReader } from './pastFacts.ts';
import type { ShellChecks } from './shellChecks.ts';
import type { Sources } from './sources.ts';

/** What providers are given. */
export interface LanguageHost {
  readonly sources: Sources;
  readonly past: PastReader;
  readonly shells: ShellChecks;
  readonly log: Log;
}

/** Documents that may be runbooks; each provider asks {@link sourceOf} whether one is. */
export const MARKDOWN: DocumentSelector = { language: 'markdown' };

/** What a document says when it is a runbook; undefined for all other Markdown, which is not read. */
export function sourceOf(document: TextDocument, { sources }: LanguageHost): RunbookSource | undefined {
  return isRunbookDocument(document) ? sources.of(document) : undefined;
}
