import { type Disposable, EventEmitter, RelativePattern, ThemeIcon, TreeItem, TreeItemCollapsibleState, type TreeDataProvider, type TreeView, type Uri, window, workspace } from 'vscode';
import type { ContextKeys } from '../contextKeys.ts';
import { type CommandId, runbooksView } from '../contributions.ts';
import { DisposableStore } from '../dispose.ts';
import type { EngineLoader } from '../engineLoader.ts';
import { findRunbooks } from '../runbookFiles.ts';
import { concerns } from '../settings.ts';
import { OthersNode, OutsideNode, RunbookNode, type TreeNode } from './nodes.ts';
import { RunBranches } from './runBranches.ts';

/** Files settle for so long before the list is made again, in milliseconds. */
const SETTLE_MS = 300;
const OPEN: CommandId = 'guidedRunbooks.openPanel';

/**
 * The workspace's runbooks with their runs below them, and the state of those
 * that go on. Runbooks are listed by name, and none is opened or read; runs are
 * read once a branch is opened, a page at a time.
 */
export class RunbookTree implements TreeDataProvider<TreeNode> {
  readonly #engine: EngineLoader;
  readonly #keys: ContextKeys;
  readonly #branches: RunBranches;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChangeTreeData = this.#changed.event;
  #view: TreeView<TreeNode> | undefined;
  #settling: NodeJS.Timeout | undefined;
  #isWatching = false;

  /** @param storage the extension's global storage folder */
  constructor(engine: EngineLoader, keys: ContextKeys, storage: string) {
    this.#engine = engine;
    this.#keys = keys;
    this.#branches = new RunBranches(engine, storage);
  }

  register(): Disposable {
    this.#view = this.#store.add(window.createTreeView(runbooksView, { treeDataProvider: this }));
    this.#store.defer(() => clearTimeout(this.#settling));
    this.#engine.whenLoaded((engine) => this.#store.add(engine.registry.onDidChange(() => this.refresh())));
    return this.#store;
  }

  /** Makes the list again, a little later. */
  refresh(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#changed.fire(), SETTLE_MS);
  }

  /** Words of the filter; empty when there is none. */
  get filter(): string {
    return this.#branches.words;
  }

  /** Shows the runs that answer to all of these words; none: every run. */
  setFilter(words: string): void {
    this.#branches.setWords(words.trim());
    this.#keys.set('runsFiltered', this.filter !== '');
    if (this.#view !== undefined) this.#view.message = this.filter === '' ? '' : `Runs that match “${this.filter}”`;
    this.#changed.fire();
  }

  /** Shows another page below a branch. */
  showMore(key: string): void {
    this.#branches.showMore(key);
    this.#changed.fire();
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    if (parent !== undefined) return [...(await this.#branches.childrenOf(parent))];
    this.#watch();
    return [...(await this.#branches.roots(await findRunbooks()))];
  }

  async getTreeItem(node: TreeNode): Promise<TreeItem> {
    if (node instanceof RunbookNode) return this.#runbookItem(node);
    return node instanceof OthersNode || node instanceof OutsideNode ? node.item(this.filter !== '') : node.item();
  }

  async #runbookItem({ file, key }: RunbookNode): Promise<TreeItem> {
    const item = new TreeItem(nameOf(file));
    // Another id while it is filtered: the editor keeps what was open or shut by it.
    item.id = this.filter === '' ? key : `${key}#filtered`;
    item.collapsibleState = await this.#collapsible(file);
    item.resourceUri = file;
    item.command = { command: OPEN, title: 'Open as Panel', arguments: [file] };
    item.contextValue = 'runbook';
    const session = this.#engine.loaded?.registry.find(file);
    const header = session?.isActive === true ? session.view.header : undefined;
    item.iconPath = new ThemeIcon(header === undefined ? 'checklist' : 'play-circle');
    item.description = header === undefined ? placeOf(file) : [header.environment?.name, `${header.done} of ${header.total} done`].filter((words) => words !== undefined).join(' · ');
    item.tooltip = header === undefined ? workspace.asRelativePath(file) : `${workspace.asRelativePath(file)}\n${header.announcement}`;
    return item;
  }

  async #collapsible(file: Uri): Promise<TreeItemCollapsibleState> {
    if (this.filter !== '') return TreeItemCollapsibleState.Expanded;
    return (await this.#branches.mayHaveRuns(file)) ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  }

  /** Begins with the first look at the list: a view that is never opened watches nothing. */
  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    for (const folder of workspace.workspaceFolders ?? []) {
      // A whole tree that comes at once (a checkout) may be told of by its top alone.
      for (const pattern of ['**/*.md', '{.runbooks,.runbooks/runs,.runbooks/runs/*}']) {
        const watcher = this.#store.add(workspace.createFileSystemWatcher(new RelativePattern(folder, pattern), false, true, false));
        watcher.onDidCreate(() => this.refresh());
        watcher.onDidDelete(() => this.refresh());
      }
    }
    this.#store.add(workspace.onDidChangeWorkspaceFolders(() => this.refresh()));
    this.#store.add(workspace.onDidChangeConfiguration((event) => concerns(event, 'include') && this.refresh()));
  }
}

function nameOf(file: Uri): string {
  return (file.path.split('/').at(-1) ?? file.path).replace(/(\.runbook)?\.md$/i, '');
}

/** The folder that it lies in, as words; the workspace folder's own name where there are several. */
function placeOf(file: Uri): string {
  return workspace.asRelativePath(file).split('/').slice(0, -1).join('/');
}
