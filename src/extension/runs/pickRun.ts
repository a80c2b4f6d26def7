import { type QuickPickItem, window } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import type { FoundRun } from '../../node/record/runIndex.ts';
import { DisposableStore } from '../dispose.ts';
import type { Records } from './records.ts';

/** Typing settles for so long before runs are looked for, in milliseconds. */
const TYPING_MS = 150;

interface RunItem extends QuickPickItem {
  readonly run: FoundRun;
}

interface Found {
  readonly items: readonly RunItem[];
  readonly hasMore: boolean;
}

/**
 * Lets the person pick a run, newest first, by words of its title, state,
 * person, environment, branch or date. Undefined when they pick none.
 *
 * @param except folder of a run that is not offered
 * @throws UserError when there is none to pick
 */
export async function pickRun(records: Records, title: string, except?: string): Promise<FoundRun | undefined> {
  const find = async (words: string): Promise<Found> => {
    const { runs, hasMore } = await records.search({ words, pages: 1 });
    return { items: runs.filter(({ folder }) => folder !== except).map((run) => itemOf(records, run)), hasMore };
  };
  const first = await find('');
  if (first.items.length === 0) throw except === undefined ? errors.noRuns() : errors.nothingToCompare();
  const store = new DisposableStore();
  const pick = store.add(window.createQuickPick<RunItem>());
  // A panel that changes beside it may take the focus for a moment: the list must not vanish while it is read.
  pick.ignoreFocusOut = true;
  let typing: NodeJS.Timeout | undefined;
  store.defer(() => clearTimeout(typing));
  pick.placeholder = 'Type words of the title, state, person, environment, branch or date';
  const fill = ({ items, hasMore }: Found): void => {
    pick.items = items;
    // Older ones are not in the list: who does not see theirs has to know.
    pick.title = hasMore ? `${title} (the newest ${String(items.length)}, there are more)` : title;
  };
  fill(first);
  const show = async (words: string): Promise<void> => {
    pick.busy = true;
    const found = await find(words).catch(() => ({ items: [], hasMore: false }));
    // Only the answer to what stands there now counts.
    if (store.isEnded || pick.value !== words) return;
    fill(found);
    pick.busy = false;
  };
  store.add(
    pick.onDidChangeValue((words) => {
      clearTimeout(typing);
      typing = setTimeout(() => void show(words), TYPING_MS);
    }),
  );
  try {
    return await new Promise((resolve) => {
      store.add(pick.onDidAccept(() => resolve(pick.selectedItems[0]?.run)));
      store.add(pick.onDidHide(() => resolve(undefined)));
      pick.show();
    });
  } finally {
    store.dispose();
  }
}

function itemOf(records: Records, run: FoundRun): RunItem {
  const { label, description, icon } = records.row(run, true);
  // What is shown has been matched already, by more than what can be seen.
  return { label: `$(${icon}) ${label}`, description, alwaysShow: true, run };
}
