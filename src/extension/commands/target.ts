import { type TextDocument, Uri, window, workspace } from 'vscode';
import { nextStep } from '../../core/run/order.ts';
import type { Runbook, Step } from '../../core/runbook/model.ts';
import type { Engine } from '../engine.ts';
import * as errors from '../../core/userErrors.ts';
import { activePanelDocument, openPanel } from '../panel/openPanel.ts';
import { runbookOf } from '../keptText.ts';
import type { DocumentSession } from '../sessions/documentSession.ts';
import { callArguments } from './callArguments.ts';
import type { CommandHost } from './command.ts';

/** A runbook that a command acts on. */
export interface Target {
  readonly engine: Engine;
  readonly session: DocumentSession;
}

/**
 * The runbook that is meant: the one named by the first argument, the active
 * panel or editor, or the only run that goes on.
 *
 * @throws UserError when there is none, or several
 */
export async function withTarget(host: CommandHost, args: readonly unknown[], work: (target: Target) => Promise<void>): Promise<void> {
  const { document: named } = callArguments(args);
  const engine = await host.engine.load();
  const document = await workspace.openTextDocument(documentOf(engine, named));
  await engine.registry.use(document, (session) => work({ engine, session }));
}

/**
 * The runbook that is to be opened, without loading anything: the one that a
 * menu or the tree names, else the active one.
 */
export function namedDocument([first]: readonly unknown[]): Uri | undefined {
  return first instanceof Uri ? first : activeDocument();
}

function activeDocument(): Uri | undefined {
  const active = window.activeTextEditor?.document;
  return activePanelDocument() ?? (active?.languageId === 'markdown' ? runbookOf(active.uri) : undefined);
}

function documentOf(engine: Engine, given: Uri | undefined): Uri {
  const named = given ?? activeDocument();
  if (named !== undefined) return named;
  const { active } = engine.registry;
  const [only] = active;
  if (only === undefined) throw errors.noRunbook();
  if (active.length > 1) throw errors.severalRuns();
  return only.uri;
}

/** The step that is meant: named by the second argument, at the cursor of its source, running, or next. */
export function stepOf({ session }: Target, args: readonly unknown[]): Step | undefined {
  session.flush();
  const { runbook, state, now } = session.session.snapshot;
  const { stepId } = callArguments(args);
  if (stepId !== undefined) return runbook.steps.find(({ id }) => id === stepId);
  const editor = window.activeTextEditor;
  if (editor !== undefined && editor.document.uri.toString() === session.uri.toString()) {
    return stepAt(runbook, editor.selection.active.line + 1);
  }
  const running = state?.activeExecutionId == null ? undefined : state.executions.get(state.activeExecutionId)?.owner;
  if (running?.kind === 'step') return runbook.steps.find(({ id }) => id === running.stepId);
  return nextStep(runbook, state, now) ?? undefined;
}

/** The innermost step that holds a line, from 1. */
export function stepAt(runbook: Runbook, line: number): Step | undefined {
  return runbook.steps.filter((step) => step.line <= line && line <= step.endLine).at(-1);
}

/** Whether a person sees the runbook now, in its panel or in its source. */
export function isSeen({ engine, session }: Target): boolean {
  const isOpen = (document: TextDocument): boolean => document.uri.toString() === session.uri.toString();
  return engine.panels.isVisible(session.uri) || window.visibleTextEditors.some(({ document }) => isOpen(document));
}

/** Shows a question of the session where it can be answered. */
export async function showPrompt({ engine, session }: Target): Promise<void> {
  if (session.session.snapshot.prompt !== null && !engine.panels.isVisible(session.uri)) await openPanel(session.uri);
}
