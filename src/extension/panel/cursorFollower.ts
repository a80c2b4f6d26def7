import { Range, type TextEditor, TextEditorRevealType, window, workspace } from 'vscode';
import { blockAtLine } from '../../core/view/blockAtLine.ts';
import type { HostMessage, PanelMessage } from '../../protocol/messages.ts';
import { DisposableStore } from '../dispose.ts';
import type { DocumentSession } from '../sessions/documentSession.ts';
import { concerns, readSetting } from '../settings.ts';

type FollowMessage = Extract<HostMessage, { type: 'follow' }>;
type Seen = Extract<PanelMessage, { type: 'seen' }>;

/**
 * Keeps a panel and the source beside it at the same place. The cursor's step
 * is marked in the panel and brought into sight when the cursor moves there;
 * what a person looks at in the panel is brought into sight in the source. The
 * keyboard, the cursor and the selection stay where they are, so neither way
 * sets off the other.
 */
export class CursorFollower {
  readonly #target: DocumentSession;
  readonly #send: (message: FollowMessage) => void;
  readonly #store = new DisposableStore();
  /** What the panel was told last. */
  #key: string | null = null;
  /** Version of the text at the last move of the cursor: another one now means that it moved by writing. */
  #version: number | undefined;

  /** @param send tells the panel, or does nothing while it cannot be seen */
  constructor(target: DocumentSession, send: (message: FollowMessage) => void) {
    this.#target = target;
    this.#send = send;
    this.#store.add(window.onDidChangeTextEditorSelection(({ textEditor }) => this.#isMine(textEditor) && this.#moved(textEditor)));
    this.#store.add(window.onDidChangeVisibleTextEditors(() => this.update()));
    this.#store.add(workspace.onDidChangeConfiguration((event) => concerns(event, 'panel.followCursor') && this.update()));
  }

  /** Marks the cursor's step anew, without scrolling. `again`: the panel has forgotten what it was told. */
  update(again = false): void {
    if (again) this.#key = null;
    const editor = this.#editor;
    this.#tell(editor, false);
    this.#version = editor?.document.version;
  }

  /** Brings what a person looks at in the panel into sight in the source, if that can be seen. */
  show({ blockKey, how }: Seen): void {
    const editor = this.#editor;
    const block = this.#target.view.blocks.find(({ key }) => key === blockKey);
    if (editor === undefined || block === undefined || !this.#isOn) return;
    const line = Math.min(block.line, editor.document.lineCount) - 1;
    editor.revealRange(new Range(line, 0, line, 0), how === 'focused' ? TextEditorRevealType.InCenterIfOutsideViewport : TextEditorRevealType.AtTop);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Lines of now say nothing about a view of before. */
  get #isOn(): boolean {
    return !this.#target.isStale && readSetting('panel.followCursor', this.#target.uri);
  }

  /** The source that a person sees; the one in front when there are several. */
  get #editor(): TextEditor | undefined {
    const active = window.activeTextEditor;
    return active !== undefined && this.#isMine(active) ? active : window.visibleTextEditors.find((editor) => this.#isMine(editor));
  }

  #isMine(editor: TextEditor): boolean {
    return editor.document.uri.toString() === this.#target.uri.toString();
  }

  #moved(editor: TextEditor): void {
    const isWriting = this.#version !== undefined && editor.document.version !== this.#version;
    this.#version = editor.document.version;
    this.#tell(editor, !isWriting);
  }

  #tell(editor: TextEditor | undefined, scroll: boolean): void {
    const key = editor === undefined || !this.#isOn ? null : blockAtLine(this.#target.view.blocks, editor.selection.active.line + 1);
    if (key === this.#key) return;
    this.#key = key;
    this.#send({ type: 'follow', blockKey: key, scroll: scroll && key !== null });
  }
}

