import type { GraphView } from '../core/view/graph/graphView.ts';
import type { PackageView } from '../core/view/package/packageViewModel.ts';
import type { RollbackView } from '../core/view/rollbackViewModel.ts';
import type { BlockView, DockView, HeaderView, NoticeView, OutlineItem, PanelView, PromptView, ReviewActionId, RollbackActionId, RunActionId, StepActionId } from '../core/view/viewModel.ts';
import type { ReviewView } from '../core/view/review/reviewView.ts';

/**
 * Host to panel. Revisions grow by one; a patch holds whole parts (never a
 * difference inside a part), and a panel that missed one asks for a snapshot.
 * `sentAt` is the host's clock (ISO 8601): the panel counts by it, because the
 * two may run on different machines. A `partial` snapshot, which only the page
 * itself holds, has the first blocks; the whole follows when the panel is ready.
 */
export type HostMessage =
  | { readonly type: 'snapshot'; readonly revision: number; readonly sentAt?: string; readonly partial?: true; readonly view: PanelView }
  | {
      readonly type: 'patch';
      readonly revision: number;
      readonly sentAt?: string;
      readonly header?: HeaderView;
      readonly notices?: readonly NoticeView[];
      readonly outline?: readonly OutlineItem[];
      readonly graph?: GraphView | null;
      readonly dock?: DockView;
      readonly prompt?: PromptView | null;
      readonly rollback?: RollbackView | null;
      readonly review?: ReviewView | null;
      readonly package?: PackageView | null;
      /** Blocks that changed or are new, each whole. */
      readonly blocks?: readonly BlockView[];
      /** Keys of all blocks in order; present when the order or number changed. */
      readonly order?: readonly string[];
    }
  /** Last lines of a running command. */
  | { readonly type: 'output'; readonly blockKey: string; readonly commandIndex: number; readonly text: string }
  /** Brings a step into view; `focus` moves the keyboard there too. */
  | { readonly type: 'reveal'; readonly blockKey: string; readonly focus: boolean }
  /** Where the cursor of the source is; null: nowhere that can be seen. `scroll` brings it into view; the keyboard stays where it is. */
  | { readonly type: 'follow'; readonly blockKey: string | null; readonly scroll: boolean };

/** Panel to host: ids and a person's own words, never command text. */
export type PanelMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'resync' }
  | { readonly type: 'run'; readonly action: RunActionId; readonly revision: number }
  | { readonly type: 'step'; readonly action: StepActionId; readonly stepId: string; readonly revision: number }
  /** Runs all checks of a section together, after a question. */
  | { readonly type: 'verify'; readonly sectionId: string; readonly revision: number }
  | { readonly type: 'rollback'; readonly action: RollbackActionId; readonly level: number; readonly planId: string | null; readonly revision: number }
  /** Opens another runbook of the package; with a level, at the plan of that. */
  | { readonly type: 'member'; readonly member: string; readonly level: number | null; readonly revision: number }
  /** `stepId` null: of the run as a whole. */
  | { readonly type: 'review'; readonly action: ReviewActionId; readonly stepId: string | null; readonly revision: number }
  /** Opens what is kept of an execution's output. */
  | { readonly type: 'recordedOutput'; readonly executionId: string }
  /** `answers` null: cancelled. Acknowledgements answer `"yes"`. */
  | { readonly type: 'prompt'; readonly promptId: string; readonly answers: Readonly<Record<string, string>> | null }
  | { readonly type: 'link'; readonly href: string }
  | { readonly type: 'source'; readonly line: number }
  /** A person looks at this block: they scrolled it to the top, or moved the keyboard there. */
  | { readonly type: 'seen'; readonly blockKey: string; readonly how: 'scrolled' | 'focused' }
  /** The panel broke; for the log. */
  | { readonly type: 'fault'; readonly message: string };
