import { describe, expect, it, vi } from 'vitest';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { PanelView, StepBlockView } from '../../../src/core/view/viewModel.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { made, minute, runFactsFor } from '../../fakes/statusRuns.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const RUNBOOK = parseRunbook(`---
environments:
  staging: {}
  production: {}
backups:
  db: { keep: 1 }
---
# Deploy

- [ ] Back up

  \`\`\`bash {#backup backup=db capture=NAME}
  back up
  \`\`\`

- [ ] Prune

  \`\`\`bash {#prune prune=db}
  prune
  \`\`\`

## Rollback

### Level 1: Code

\`\`\`bash
switch back
\`\`\`

### Level 2: Data

\`\`\`bash {restore=db}
restore
\`\`\`
`);

const view = (session: RunSession): PanelView =>
  buildPanelView({ ...session.snapshot, trusted: true, git: null, me: 'Ada', formatTime: (iso) => iso.slice(11, 16), isShared: true, pastDurations: new Map(), hostNotices: [] });
const backupOf = (session: RunSession, stepId: string): StepBlockView['commands'][number]['backup'] => view(session).blocks.find((block): block is StepBlockView => block.kind === 'step' && block.stepId === stepId)?.commands[0]?.backup;

async function started(kit: SessionKit, runbook = RUNBOOK): Promise<RunSession> {
  const session = kit.open(runbook);
  await session.perform({ type: 'startRun' });
  await answer(session, { environment: 'staging' });
  await answer(session);
  return session;
}

describe('backups in the panel', () => {
  it('stand at the level that restores one, of this run or not, and with the reason when there is none', async () => {
    const kit = new SessionKit();
    const session = await started(kit);
    const buttons = (): readonly unknown[] => view(session).dock.levels.map(({ backup }) => backup);
    expect(buttons()).toEqual([undefined, { words: 'no backup to restore', tone: 'danger' }]);
    kit.past = { runs: [runFactsFor('A', [made('old', 1)])], odd: [] };
    await session.perform({ type: 'planRollback', level: 2, revision: 1 });
    expect(buttons()[1]).toEqual({ words: 'Restores the backup old of db', restores: { name: 'old', madeAt: minute(1), by: 'other' }, tone: 'warning' });
    expect(view(session).rollback?.backups).toEqual([buttons()[1]]);
    await session.perform({ type: 'closeRollback' });
    await act(session, 'run', 'backup');
    await session.whenIdle();
    expect(buttons()[1]).toMatchObject({ words: 'Restores the backup value of db', restores: { name: 'value', by: 'run' }, tone: 'plain' });
  });

  it('are looked for until the records have been read, and again when they may have changed', async () => {
    const kit = new SessionKit();
    const first = await started(kit);
    kit.kill(first);
    const session = kit.open(RUNBOOK);
    await session.resume(kit.runId);
    const button = (): unknown => view(session).dock.levels[1]?.backup;
    expect(button()).toEqual({ words: 'Looking for backups in the records…', tone: 'plain' });
    kit.clock.advance(1000);
    await vi.waitFor(() => expect(button()).toEqual({ words: 'no backup to restore', tone: 'danger' }));
    kit.past = { runs: [runFactsFor('A', [made('old', 1)])], odd: [{ runId: 'X', words: 'w', isUnread: true }] };
    session.lookAtRecords();
    kit.clock.advance(1000);
    await vi.waitFor(() => expect(button()).toMatchObject({ words: 'Restores the backup old of db (1 record is not whole, so there may be more)', tone: 'warning' }));
  });

  it('that a level removes stand in its plan by name, and so do those that stay', async () => {
    const kit = new SessionKit();
    kit.past = { runs: [runFactsFor('A', [made('a', 1), made('b', 2)])], odd: [] };
    const session = await started(kit, parseRunbook(`---\nenvironments:\n  staging: {}\n  production: {}\nbackups:\n  db: { keep: 1 }\n---\n# Deploy\n\n- [ ] Do it\n\n## Rollback\n\n### Level 1: Clean\n\n\`\`\`bash {prune=db}\nprune\n\`\`\`\n`));
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision });
    expect(view(session).rollback?.backups).toEqual([{ words: '1 backup of db to remove, 1 to stay', tone: 'plain', lists: [{ heading: 'Goes', items: [{ name: 'a', note: null }] }, { heading: 'Stays', items: [{ name: 'b', note: null }] }] }]);
  });

  it('of which none is there disable the plan’s confirmation and say why', async () => {
    const session = await started(new SessionKit());
    await session.perform({ type: 'planRollback', level: 2, revision: 1 });
    const { rollback } = view(session);
    expect(rollback?.message?.text).toContain('No backup of db is recorded in staging');
    expect(rollback?.actions.find(({ id }) => id === 'confirmRollback')?.disabledBecause).toContain('No backup of db is recorded');
  });

  it('that go and stay stand at the step before it runs, and what went after it', async () => {
    const kit = new SessionKit();
    kit.past = { runs: [runFactsFor('A', [made('a', 1)]), runFactsFor('B', [made('b', 2)], { isOpen: true })], odd: [] };
    const session = await started(kit);
    await act(session, 'run', 'backup');
    await session.whenIdle();
    expect(backupOf(session, 'prune')).toEqual({ words: '1 backup of db to remove, 2 to stay', tone: 'plain', lists: [{ heading: 'Goes', items: [{ name: 'a', note: null }] }, { heading: 'Stays', items: [{ name: 'b', note: 'its run has not ended' }, { name: 'value', note: null }] }] });
    await act(session, 'run', 'prune');
    await answer(session);
    await session.whenIdle();
    expect(backupOf(session, 'prune')).toEqual({ words: '1 backup of db to remove, 2 to stay', tone: 'plain' });
  });

  it('leave the page before a start and the header to say what is deployed', async () => {
    const kit = new SessionKit();
    kit.past = { runs: [runFactsFor('A', [{ kind: 'stated', at: minute(5), release: '1.7.0' }])], odd: [] };
    const session = kit.open(RUNBOOK);
    await session.perform({ type: 'startRun' });
    expect(session.snapshot.prompt?.lists?.[0]).toMatchObject({ heading: 'Deployed now', items: [expect.stringMatching(/^staging: 1\.7\.0 \(/)] });
    await answer(session, { environment: 'staging' });
    expect(session.snapshot.prompt?.lists?.[0]?.heading).toBe('Deployed now');
    await answer(session);
    expect(view(session).header.deployed).toEqual({ words: '1.7.0', since: minute(5), isOdd: false });
  });
});
