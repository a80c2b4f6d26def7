import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where one editor keeps what it keeps. All of it lies below `root`, which is removed at the end. */
export interface ServerFolders {
  readonly root: string;
  readonly userData: string;
  readonly extensions: string;
  /** The home folder that the editor's terminals see, so that nobody's shell settings change a test. */
  readonly home: string;
  /** Opened when no other workspace is named. */
  readonly workspace: string;
  readonly log: string;
}

export type Settings = Readonly<Record<string, unknown>>;

/** What every test's editor is set to, unless the test says otherwise: quiet, and with terminals that can be read. */
const QUIET_SETTINGS: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Dark 2026',
  'workbench.reduceMotion': 'on',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'window.restoreWindows': 'none',
  // Drawn as elements and not on a canvas, so that the text of a terminal is in the page.
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.defaultProfile.linux': 'bash',
  'terminal.integrated.initialHint': false,
  // A second terminal laid over the first, whose rows would be read twice.
  'terminal.integrated.stickyScroll.enabled': false,
  'remote.autoForwardPorts': false,
};

/** Lays out the folders of one editor. `settings` are the user's, on top of the quiet ones. */
export async function layOutFolders(settings: Settings = {}): Promise<ServerFolders> {
  const root = await mkdtemp(join(tmpdir(), 'guided-runbooks-editor-'));
  const folders: ServerFolders = {
    root,
    userData: join(root, 'user-data'),
    extensions: join(root, 'extensions'),
    home: join(root, 'home'),
    workspace: join(root, 'workspace'),
    log: join(root, 'server.log'),
  };
  for (const folder of [join(folders.userData, 'User'), folders.extensions, folders.home, folders.workspace]) {
    await mkdir(folder, { recursive: true });
  }
  await writeSettings(folders, settings);
  const inHome = (name: string, text: string): Promise<void> => writeFile(join(folders.home, name), text);
  await inHome('.bashrc', "PS1='\\w > '\n");
  // Without this file zsh greets its first user with a questionnaire.
  await inHome('.zshrc', "PROMPT='%~ > '\n");
  await inHome('.gitconfig', '[user]\n\tname = Test Person\n\temail = person@example.test\n[init]\n\tdefaultBranch = main\n');
  return folders;
}

/** Writes the user's settings.json anew. The editor served to a browser reads it when its page loads, and does not watch it. */
export async function writeSettings(folders: ServerFolders, settings: Settings): Promise<void> {
  const all = { ...QUIET_SETTINGS, ...settings };
  await writeFile(join(folders.userData, 'User', 'settings.json'), `${JSON.stringify(all, null, 2)}\n`);
}
