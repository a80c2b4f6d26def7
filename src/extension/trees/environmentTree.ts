import { type Disposable, EventEmitter, MarkdownString, RelativePattern, ThemeIcon, type TreeDataProvider, type TreeItem, type TreeView, window, workspace, type WorkspaceFolder } from 'vscode';
import { environmentsView } from '../contributions.ts';
import { DisposableStore } from '../dispose.ts';
import type { EngineLoader } from '../engineLoader.ts';
import { EnvironmentNode, type EnvironmentTreeNode, OddRecordNode } from './environmentNodes.ts';

/** Records settle for so long before they are read again, in milliseconds. */
const SETTLE_MS = 500;

/**
 * What is deployed in each environment, as the records of the workspace say.
 * Nothing is read before the view is opened, and nothing while it is shut.
 */
export class EnvironmentTree implements TreeDataProvider<EnvironmentTreeNode> {
  readonly #engine: EngineLoader;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChangeTreeData = this.#changed.event;
  #view: TreeView<EnvironmentTreeNode> | undefined;
  /** Everything that the editor was last told. */
  #shown: string | null = null;
  #settling: NodeJS.Timeout | undefined;
  #isWatching = false;

  constructor(engine: EngineLoader) {
    this.#engine = engine;
  }

  register(): Disposable {
    this.#view = this.#store.add(window.createTreeView(environmentsView, { treeDataProvider: this }));
    this.#store.add(this.#view.onDidChangeVisibility(() => this.refresh()));
    this.#store.defer(() => clearTimeout(this.#settling));
    this.#engine.whenLoaded((engine) => this.#store.add(engine.registry.onDidChange(() => this.refresh())));
    return this.#store;
  }

  /** Reads the records again a little later, and tells the editor if anything in the list is another by then. */
  refresh(): void {
    if (this.#view?.visible !== true || this.#settling !== undefined) return;
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      void this.#renew();
    }, SETTLE_MS);
  }

  async getChildren(parent?: EnvironmentTreeNode): Promise<EnvironmentTreeNode[]> {
    if (parent !== undefined) return parent instanceof EnvironmentNode ? [...parent.children] : [];
    this.#watch();
    const nodes = await this.#read();
    this.#shown = wordsOf(nodes);
    return [...nodes];
  }

  getTreeItem(node: EnvironmentTreeNode): TreeItem {
    return node.item();
  }

  async #read(): Promise<readonly EnvironmentTreeNode[]> {
    const folders = await (await this.#engine.load()).environments.read();
    return folders.flatMap((folder) => [...folder.odd.map(({ words, runId }) => new OddRecordNode(words, folder.recordOf(runId))), ...folder.environments.map((status) => new EnvironmentNode(status, folder))]);
  }

  async #renew(): Promise<void> {
    const now = await this.#read().then(wordsOf, () => null);
    if (now !== this.#shown) this.#changed.fire();
  }

  /** Begins with the first look: a view that is never opened watches nothing. */
  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    for (const folder of workspace.workspaceFolders ?? []) this.#watchFolder(folder);
    this.#store.add(
      workspace.onDidChangeWorkspaceFolders(({ added }) => {
        for (const folder of added) this.#watchFolder(folder);
        this.refresh();
      }),
    );
  }

  #watchFolder(folder: WorkspaceFolder): void {
    // A run that is deleted may be told of by its folder alone.
    for (const pattern of ['.runbooks/runs/*/*.jsonl', '{.runbooks,.runbooks/runs,.runbooks/runs/*}']) {
      const watcher = this.#store.add(workspace.createFileSystemWatcher(new RelativePattern(folder, pattern)));
      watcher.onDidCreate(() => this.refresh());
      watcher.onDidChange(() => this.refresh());
      watcher.onDidDelete(() => this.refresh());
    }
  }
}

/** Everything that can be seen of the rows and of those below them. */
function wordsOf(nodes: readonly EnvironmentTreeNode[]): string {
  const items = nodes.flatMap((node) => [node.item(), ...(node instanceof EnvironmentNode ? node.children.map((child) => child.item()) : [])]);
  return JSON.stringify(items.map(({ id, label, description, tooltip, iconPath }) => [id, label, description, tooltip instanceof MarkdownString ? tooltip.value : tooltip, iconPath instanceof ThemeIcon ? iconPath.id : null]));
}
