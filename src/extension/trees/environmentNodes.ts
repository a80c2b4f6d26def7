import { MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import { withMarks } from '../../core/runbook/hiddenCharacters.ts';
import type { EnvironmentStatus } from '../../core/status/environmentStatus.ts';
import { deployedWords, environmentName, runWords, statusRows, type StatusRow } from '../../core/status/statusRows.ts';
import type { CommandId } from '../contributions.ts';
import type { FolderStatus } from '../runs/environments.ts';

const OPEN: CommandId = 'guidedRunbooks.openRecord';

const ICONS: Readonly<Record<StatusRow['id'], string>> = { deployed: 'rocket', since: 'clock', run: 'play-circle', unfinished: 'warning', commit: 'git-commit', schema: 'database', check: 'pass', backup: 'archive' };

/** An environment, with what is deployed there. */
export class EnvironmentNode {
  readonly #status: EnvironmentStatus;
  readonly #place: FolderStatus;

  constructor(status: EnvironmentStatus, place: FolderStatus) {
    this.#status = status;
    this.#place = place;
  }

  get children(): readonly StatusNode[] {
    return statusRows(this.#status).map((row) => new StatusNode(row, this.#place, this.#id));
  }

  item(): TreeItem {
    const name = withMarks(environmentName(this.#status.environment));
    const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
    const words = withMarks(deployedWords(this.#status, this.#place.formatTime));
    const isOdd = statusRows(this.#status).some((row) => row.isOdd);
    item.id = this.#id;
    item.description = this.#place.folder === '' ? words : `${words} · ${this.#place.folder}`;
    item.iconPath = new ThemeIcon(isOdd ? 'warning' : 'server-environment');
    item.tooltip = `${name}: ${words}${isOdd ? '. Something here has to be looked at.' : ''}`;
    item.accessibilityInformation = { label: `Environment ${name}, deployed: ${words}${isOdd ? ', has to be looked at' : ''}` };
    return item;
  }

  get #id(): string {
    return JSON.stringify([this.#place.id, this.#status.environment]);
  }
}

/** One line of a status; it opens the record of the run that it comes from. */
export class StatusNode {
  readonly #row: StatusRow;
  readonly #place: FolderStatus;
  readonly #of: string;

  constructor(row: StatusRow, place: FolderStatus, of: string) {
    this.#row = row;
    this.#place = place;
    this.#of = of;
  }

  item(): TreeItem {
    const { id, label, value, at, run, isOdd } = this.#row;
    const time = at === null ? '' : this.#place.formatTime(at);
    const words = withMarks([value, time].filter((part) => part !== '').join(' · '));
    const item = new TreeItem(label);
    item.id = `${this.#of}/${id}`;
    item.description = words;
    item.iconPath = new ThemeIcon(isOdd ? 'warning' : ICONS[id]);
    // As text: a value may hold what Markdown would draw.
    item.tooltip = new MarkdownString().appendText(run === null ? `${label}: ${words}` : `${label}: ${words}\n${runWords(run)}`);
    item.accessibilityInformation = { label: `${label}: ${words}${isOdd ? ', has to be looked at' : ''}` };
    const record = run === null ? null : this.#place.recordOf(run.runId);
    if (record !== null) item.command = { command: OPEN, title: 'Open Record', arguments: [Uri.file(record)] };
    return item;
  }
}

/** A record of which not everything is known, so that a status may not be either. */
export class OddRecordNode {
  readonly #words: string;
  readonly #record: string | null;

  constructor(words: string, record: string | null) {
    this.#words = words;
    this.#record = record;
  }

  item(): TreeItem {
    const item = new TreeItem('A record is not whole');
    item.description = this.#words;
    item.iconPath = new ThemeIcon('warning');
    item.tooltip = `${this.#words} More may have happened than this list says.`;
    item.accessibilityInformation = { label: `A record is not whole. ${this.#words}` };
    if (this.#record !== null) item.command = { command: OPEN, title: 'Open Record', arguments: [Uri.file(this.#record)] };
    return item;
  }
}

export type EnvironmentTreeNode = EnvironmentNode | StatusNode | OddRecordNode;
