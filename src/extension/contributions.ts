/**
 * Every id that package.json and the code have in common. The manifest test
 * compares the two, so that neither can gain or lose one alone.
 */

/** Id of the custom editor, of its webview and of the context key's value. */
export const panelViewType = 'guidedRunbooks.panel';

/** Scheme of the texts that runs go by, as they were kept: read-only documents. */
export const keptTextScheme = 'guided-runbooks-kept';

/** The same for a record that is looked at. */
export const recordViewType = 'guidedRunbooks.record';

/** Scheme of texts of a record that are opened to be read. */
export const recordedTextScheme = 'guided-runbooks-record';

/** Scheme of what the documentation says of a finding. */
export const helpScheme = 'guided-runbooks-help';

/** Scheme of texts with annotations that are proposed. */
export const proposalScheme = 'guided-runbooks-proposal';

/** Id of the activity-bar view. */
export const runbooksView = 'guidedRunbooks.runbooks';

/** Id of the view below it, which says what is deployed where. */
export const environmentsView = 'guidedRunbooks.environments';

/** Command ids and their titles in the palette. */
export const commandTitles = {
  'guidedRunbooks.newRunbook': 'New…',
  'guidedRunbooks.annotate': 'Annotate…',
  'guidedRunbooks.acceptAnnotations': 'Accept Annotations',
  'guidedRunbooks.discardAnnotations': 'Discard Annotations',
  'guidedRunbooks.openPanel': 'Open as Panel',
  'guidedRunbooks.openPanelToSide': 'Open Panel to the Side',
  'guidedRunbooks.openSource': 'Open Source',
  'guidedRunbooks.startRun': 'Start Run',
  'guidedRunbooks.runNext': 'Run Next Step',
  'guidedRunbooks.runUntilGate': 'Run Until Next Gate',
  'guidedRunbooks.verify': 'Verify…',
  'guidedRunbooks.runStepAtCursor': 'Run Step at Cursor',
  'guidedRunbooks.stopStep': 'Stop Step',
  'guidedRunbooks.forceStop': 'Force Stop',
  'guidedRunbooks.retryStep': 'Retry Step',
  'guidedRunbooks.skipStep': 'Skip Step…',
  'guidedRunbooks.markStepDone': 'Mark Step Done…',
  'guidedRunbooks.tickStep': 'Tick Step',
  'guidedRunbooks.rollBack': 'Roll Back…',
  'guidedRunbooks.endSoak': 'End Soak Early…',
  'guidedRunbooks.watchMonitors': 'Watch Monitors…',
  'guidedRunbooks.stopMonitors': 'Stop Watching Monitors',
  'guidedRunbooks.rebaseRun': 'Rebase Run…',
  'guidedRunbooks.showChanges': 'Show Changes Since Start',
  'guidedRunbooks.endRun': 'End Run…',
  'guidedRunbooks.showTerminal': 'Show Terminal',
  'guidedRunbooks.openRecord': 'Open Run Record…',
  'guidedRunbooks.commitRecord': 'Commit Record…',
  'guidedRunbooks.pushRecord': 'Commit and Push Record…',
  'guidedRunbooks.exportReport': 'Export Report…',
  'guidedRunbooks.newPostMortem': 'New Post-Mortem…',
  'guidedRunbooks.compareRuns': 'Compare Runs…',
  'guidedRunbooks.deleteRun': 'Delete Run…',
  'guidedRunbooks.filterRuns': 'Filter Runs…',
  'guidedRunbooks.clearRunFilter': 'Clear Run Filter',
  'guidedRunbooks.showMoreRuns': 'Show More Runs',
  'guidedRunbooks.showLog': 'Show Log',
  'guidedRunbooks.refreshRunbooks': 'Refresh Runbooks',
} as const;

export type CommandId = keyof typeof commandTitles;

/** Settings below `guidedRunbooks.`, with the type that package.json declares. */
export interface Settings {
  /** Globs of further files that are runbooks. */
  readonly include: readonly string[];
  /** Program of a run's terminal; empty: the user's default. */
  readonly 'terminal.shellPath': string;
  /** Shows Run step and Open runbook in a runbook's source. */
  readonly 'codeLens.enabled': boolean;
  /** Keeps the panel and the source beside it at the same place. */
  readonly 'panel.followCursor': boolean;
  /** Where new runs are recorded; anything else than `private` means `workspace`. */
  readonly 'record.location': 'workspace' | 'private';
  /** Underlines what is odd in a runbook's source. */
  readonly 'lint.enabled': boolean;
  /** How grave findings are shown, by their codes. */
  readonly 'lint.severity': Readonly<Record<string, unknown>>;
}

/** Defaults, as in package.json. */
export const settingDefaults: Settings = {
  include: [],
  'terminal.shellPath': '',
  'codeLens.enabled': true,
  'panel.followCursor': true,
  'record.location': 'workspace',
  'lint.enabled': true,
  'lint.severity': {},
};

/** Settings that a workspace may set only once it is trusted. */
export const restrictedSettings: readonly (keyof Settings)[] = ['terminal.shellPath', 'lint.enabled', 'lint.severity'];

/** Context keys that the extension sets, for `when` clauses. */
export const contextKeys = {
  /** The active editor is the source of a runbook. */
  sourceIsRunbook: 'guidedRunbooks.sourceIsRunbook',
  /** A run is going on in this window. */
  runActive: 'guidedRunbooks.runActive',
  /** A command is running in this window. */
  commandRunning: 'guidedRunbooks.commandRunning',
  /** The plan of a rollback level has been looked at in this window. */
  planSeen: 'guidedRunbooks.planSeen',
  /** The tree shows only runs that answer to a filter. */
  runsFiltered: 'guidedRunbooks.runsFiltered',
} as const;

export type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];
