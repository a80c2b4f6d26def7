import { ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { FoundRun } from '../../node/record/runIndex.ts';
import type { RunRow } from '../../core/view/runRow.ts';
import type { CommandId } from '../contributions.ts';

const OPEN: CommandId = 'guidedRunbooks.openRecord';
const MORE: CommandId = 'guidedRunbooks.showMoreRuns';

/** A runbook of the workspace. */
export class RunbookNode {
  readonly file: Uri;
  readonly key: string;

  constructor(file: Uri) {
    this.file = file;
    this.key = file.toString();
  }
}

/** Runs whose runbook is not there any more. */
export class OthersNode {
  readonly key = 'others';

  item(isOpen: boolean): TreeItem {
    const item = new TreeItem('Other runs', isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
    item.id = this.key;
    item.iconPath = new ThemeIcon('history');
    item.tooltip = 'Runs of files that are not in this list: deleted, renamed, or not named as runbooks';
    return item;
  }
}

/** Runs of files that are in no folder of the workspace. */
export class OutsideNode {
  readonly key = 'outside';

  item(isOpen: boolean): TreeItem {
    const item = new TreeItem('Runs outside the workspace', isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
    item.id = isOpen ? `${this.key}#filtered` : this.key;
    item.iconPath = new ThemeIcon('folder-library');
    item.tooltip = 'Runs of runbooks that are in no folder of this workspace. Their records are in the extension’s storage on this machine, not in git.';
    return item;
  }
}

/** A recorded run. */
export class RunNode {
  readonly run: FoundRun;
  readonly row: RunRow;

  constructor(run: FoundRun, row: RunRow) {
    this.run = run;
    this.row = row;
  }

  item(): TreeItem {
    const { label, description, tooltip, icon } = this.row;
    const item = new TreeItem(label);
    const folder = Uri.file(this.run.folder);
    item.id = `run:${folder.toString()}`;
    item.description = description;
    item.tooltip = tooltip;
    item.iconPath = new ThemeIcon(icon);
    item.accessibilityInformation = { label: `Run, ${label}, ${description}` };
    item.contextValue = 'run';
    item.command = { command: OPEN, title: 'Open Record', arguments: [folder] };
    return item;
  }
}

/** Stands below a page of runs. */
export class MoreNode {
  /** Key of the node whose runs go on. */
  readonly of: string;

  constructor(of: string) {
    this.of = of;
  }

  item(): TreeItem {
    const item = new TreeItem('Show more…');
    item.id = `more:${this.of}`;
    item.iconPath = new ThemeIcon('ellipsis');
    item.command = { command: MORE, title: 'Show More', arguments: [this.of] };
    return item;
  }
}

/** A row that says that there are none. */
export class NoRunsNode {
  readonly of: string;
  readonly #words: string;

  /** `words`: of the filter that none matches; empty when there is no filter. */
  constructor(of: string, words: string) {
    this.of = of;
    this.#words = words;
  }

  item(): TreeItem {
    const item = new TreeItem(this.#words === '' ? 'No runs' : `No run matches “${this.#words}”`);
    item.id = `none:${this.of}`;
    return item;
  }
}

export type TreeNode = RunbookNode | OthersNode | OutsideNode | RunNode | MoreNode | NoRunsNode;
