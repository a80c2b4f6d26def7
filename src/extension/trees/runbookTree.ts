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
  /** What the editor was last told of the rows below a node (undefined: the top). */
  readonly #shown = new Map<TreeNode | undefined, string>();
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

  /** Makes the list again a little later, if anything in it has changed by then. */
  refresh(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#renew(), SETTLE_MS);
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
    this.#fire();
  }

  /** Shows another page below a branch. */
  showMore(key: string): void {
    this.#branches.showMore(key);
    this.#fire();
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    this.#watch();
    const children = await this.#read(parent);
    this.#shown.set(parent, await this.#wordsOf(children));
    return [...children];
  }

  async getTreeItem(node: TreeNode): Promise<TreeItem> {
    if (node instanceof RunbookNode) return this.#runbookItem(node);
    return node instanceof OthersNode || node instanceof OutsideNode ? node.item(this.filter !== '') : node.item();
  }

  async #read(parent: TreeNode | undefined): Promise<readonly TreeNode[]> {
    return parent === undefined ? this.#branches.roots(await findRunbooks()) : this.#branches.childrenOf(parent);
  }

  /**
   * While the editor asks for rows anew it does not know the row whose menu is
   * open, so it is made to ask only when it would get something else.
   */
  async #renew(): Promise<void> {
    for (const [parent, words] of this.#shown) {
      const now = await this.#read(parent).then((children) => this.#wordsOf(children), () => null);
      if (now !== words) return this.#fire();
    }
  }

  #fire(): void {
    this.#shown.clear();
    this.#changed.fire();
  }

  /** Everything that can be seen of rows. */
  async #wordsOf(nodes: readonly TreeNode[]): Promise<string> {
    const items = await Promise.all(nodes.map((node) => this.getTreeItem(node)));
    return JSON.stringify(items.map(({ id, label, description, tooltip, iconPath, collapsibleState }) => [id, label, description, tooltip, iconPath instanceof ThemeIcon ? iconPath.id : null, collapsibleState]));
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
