import { type Uri, workspace } from 'vscode';
import { holdsAny } from '../../node/record/holdsAny.ts';
import type { RunPage } from '../../node/record/runIndex.ts';
import type { EngineLoader } from '../engineLoader.ts';
import { runFoldersOf, runsOutside } from '../sessions/recordPlace.ts';
import { folderOf, isOnDisk } from '../workspacePaths.ts';
import { MoreNode, NoRunsNode, OthersNode, OutsideNode, RunbookNode, RunNode, type TreeNode } from './nodes.ts';

/** A row of the tree that has runs below it. */
type Branch = RunbookNode | OthersNode | OutsideNode;

/** The runs below the runbooks of the tree: which ones, how many pages of them, and under which filter. */
export class RunBranches {
  readonly #engine: EngineLoader;
  readonly #storage: string;
  /** Pages that are shown of a branch, by its key; one when it is not in here. */
  readonly #pages = new Map<string, number>();
  #runbooks: readonly Uri[] = [];
  #words = '';

  constructor(engine: EngineLoader, storage: string) {
    this.#engine = engine;
    this.#storage = storage;
  }

  get words(): string {
    return this.#words;
  }

  setWords(words: string): void {
    this.#words = words;
    this.#pages.clear();
  }

  showMore(key: string): void {
    this.#pages.set(key, this.#pagesOf(key) + 1);
  }

  /**
   * The branches of the tree. Without a filter every runbook is one, and no run is
   * read but a few for the question whether there are others.
   */
  async roots(runbooks: readonly Uri[]): Promise<readonly TreeNode[]> {
    this.#runbooks = runbooks;
    const nodes: readonly Branch[] = runbooks.map((file) => new RunbookNode(file));
    const outside: readonly Branch[] = (await holdsRuns([runsOutside(this.#storage)])) ? [new OutsideNode()] : [];
    const inFolders = await this.#hasRuns();
    if (this.#words === '') {
      const others = inFolders && (await (await this.#engine.load()).records.hasOthers(runbooks)) ? [new OthersNode()] : [];
      return [...nodes, ...others, ...outside];
    }
    const all = [...(inFolders ? [...nodes, new OthersNode()] : []), ...outside];
    const pages = await Promise.all(all.map((node) => this.#runsOf(node)));
    const found = all.filter((_, at) => (pages[at]?.runs.length ?? 0) > 0);
    return found.length === 0 ? [this.#none()] : found;
  }

  async childrenOf(parent: TreeNode): Promise<readonly TreeNode[]> {
    if (!isBranch(parent)) return [];
    const { records } = await this.#engine.load();
    const { runs, hasMore } = await this.#runsOf(parent);
    const rows = runs.map((run) => new RunNode(run, records.row(run, !(parent instanceof RunbookNode))));
    if (rows.length === 0 && !hasMore) return [new NoRunsNode(parent.key, this.#words)];
    return hasMore ? [...rows, new MoreNode(parent.key)] : rows;
  }

  /** Whether there is any run in the workspace folder of a runbook; whose it is, is not looked at. */
  async mayHaveRuns(file: Uri): Promise<boolean> {
    const folder = folderOf(file);
    return folder !== undefined && this.#holdsRuns(folder.uri);
  }

  #none(): NoRunsNode {
    return new NoRunsNode('all', this.#words);
  }

  async #runsOf(node: Branch): Promise<RunPage> {
    const { records } = await this.#engine.load();
    const question = { words: this.#words, pages: this.#pagesOf(node.key) };
    if (node instanceof RunbookNode) return records.ofRunbook(node.file, question);
    return node instanceof OutsideNode ? records.outside(question) : records.others(this.#runbooks, question);
  }

  async #hasRuns(): Promise<boolean> {
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => isOnDisk(uri));
    return (await Promise.all(folders.map(({ uri }) => this.#holdsRuns(uri)))).some(Boolean);
  }

  #holdsRuns(folder: Uri): Promise<boolean> {
    return holdsRuns(Object.values(runFoldersOf(folder, this.#storage)));
  }

  #pagesOf(key: string): number {
    return this.#pages.get(key) ?? 1;
  }
}

/** Whether there is anything in one of these folders; costs a glance at each and loads nothing. */
async function holdsRuns(places: readonly { readonly runs: string }[]): Promise<boolean> {
  return (await Promise.all(places.map(({ runs }) => holdsAny(runs)))).some(Boolean);
}

function isBranch(node: TreeNode): node is Branch {
  return node instanceof RunbookNode || node instanceof OthersNode || node instanceof OutsideNode;
}
