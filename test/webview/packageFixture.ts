import type { PackageMemberView } from '../../src/core/view/package/packageViewModel.ts';
import type { LevelButtonView, PanelView } from '../../src/core/view/viewModel.ts';
import { levelButton } from './fixtureParts.ts';
import { NEXT } from './fixtures.ts';

const member = (id: string, title: string, words: string, tone: PackageMemberView['tone'], disabledBecause: string | null = null): PackageMemberView => ({ id, title, words, tone, disabledBecause });
const LONG = 'A runbook whose title is so long that no row of any panel could ever hold it whole beside the others';
const MEMBERS = [
  member('rollback.md', 'Rollback procedures', 'not started', 'plain'),
  member('monitoring.md', 'Monitoring guide', '2 of 5', 'active'),
  member('verification.md', 'Post-deployment verification', 'failed at “Run the smoke test” · 3 of 8', 'failed'),
  member('long.md', LONG, 'finished', 'done'),
  member('gone.md', 'gone.md', 'There is no such file.', 'failed', 'There is no such file.'),
];
const inMember = (level: number, title: string): LevelButtonView => ({ ...levelButton(level, title, '2 min · 1 command'), in: { id: 'rollback.md', title: 'Rollback procedures' } });
/** A checklist without levels of its own, with four other runbooks and one that is missing. */
export const PACKAGE: PanelView = { ...NEXT, package: { members: MEMBERS }, dock: { advice: null, levels: [inMember(1, 'Feature off'), inMember(2, 'Code back')] } };
