import { CodeAction, type CodeActionContext, CodeActionKind, type CodeActionProvider, CodeActionTriggerKind, type Diagnostic, type Disposable, languages, type TextDocument, WorkspaceEdit } from 'vscode';
import type { Fix } from '../../core/language/fixes/fix.ts';
import { fixesFor, safeEdits } from '../../core/language/fixes/fixesFor.ts';
import type { TextEdit } from '../../core/language/text.ts';
import { fromRange, toEdit, toRange } from './convert.ts';
import { findingsOf } from './findings.ts';
import { type LanguageHost, MARKDOWN, sourceOf } from './host.ts';

const FIX_ALL = CodeActionKind.SourceFixAll.append('guidedRunbooks');
const KINDS: Readonly<Record<Fix['kind'], CodeActionKind>> = { quickfix: CodeActionKind.QuickFix, refactor: CodeActionKind.RefactorRewrite };

/** Corrects what is odd in a runbook, and offers changes that take several hands. */
export function registerCodeActions(host: LanguageHost): Disposable {
  const provider: CodeActionProvider = {
    provideCodeActions(document, range, context) {
      const source = sourceOf(document, host);
      if (source === undefined) return [];
      const findings = findingsOf(document, host);
      // As the cursor stops somewhere, the editor only wants to know whether a finding can be corrected.
      const isAsked = context.triggerKind === CodeActionTriggerKind.Invoke;
      const wanted = fixesFor(source, fromRange(range), findings, ({ kind }) => (isAsked || kind === 'quickfix') && (context.only === undefined || context.only.contains(KINDS[kind])));
      const all = context.only?.intersects(FIX_ALL) === true ? safeEdits(source, findings) : [];
      return [...wanted.map((fix) => action(document, fix, context)), ...(all.length === 0 ? [] : [fixAll(document, all)])];
    },
  };
  return languages.registerCodeActionsProvider(MARKDOWN, provider, { providedCodeActionKinds: [...Object.values(KINDS), FIX_ALL] });
}

function action(document: TextDocument, { title, kind, edits, isPreferred, findings }: Fix, { diagnostics }: CodeActionContext): CodeAction {
  const made = new CodeAction(title, KINDS[kind]);
  made.edit = editOf(document, edits);
  made.isPreferred = isPreferred;
  const solved = diagnostics.filter((diagnostic) => findings.some(({ code, range }) => codeOf(diagnostic) === code && diagnostic.range.isEqual(toRange(range))));
  if (solved.length > 0) made.diagnostics = solved;
  return made;
}

function fixAll(document: TextDocument, edits: readonly TextEdit[]): CodeAction {
  const made = new CodeAction('Remove all that has no effect', FIX_ALL);
  made.edit = editOf(document, edits);
  return made;
}

function editOf(document: TextDocument, edits: readonly TextEdit[]): WorkspaceEdit {
  const made = new WorkspaceEdit();
  made.set(document.uri, edits.map(toEdit));
  return made;
}

function codeOf({ code }: Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}
