import { type QuickPickItem, window } from 'vscode';
import { levelTitle } from '../../core/rollback/levelName.ts';
import { dotted, quoted } from '../../core/view/words.ts';
import { openPanel } from '../panel/openPanel.ts';
import type { Command } from './command.ts';
import { withTarget } from './target.ts';

/** Chooses a level; the panel then shows its plan, and only a confirmation there runs it. */
export const rollBackCommand: Command = {
  id: 'guidedRunbooks.rollBack',
  doing: 'preparing a rollback',
  run: (host, args) =>
    withTarget(host, args, async ({ engine, session }) => {
      session.flush();
      const levels = session.view.dock.levels.map((level) => ({
        label: levelTitle(level.level, level.title),
        description: dotted([level.detail, level.in === undefined ? null : `in ${quoted(level.in.title)}`]),
        detail: level.disabledBecause ?? '',
        level,
      })) satisfies readonly QuickPickItem[];
      const chosen = await window.showQuickPick(levels, { placeHolder: 'Roll back to which level? Its plan is shown first.' });
      if (chosen === undefined) return;
      if (chosen.level.in !== undefined) return engine.panels.openMember(session, chosen.level.in.id, chosen.level.level);
      await openPanel(session.uri);
      await session.perform({ type: 'planRollback', level: chosen.level.level, revision: session.revision });
    }),
};
