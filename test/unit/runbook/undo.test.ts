import { expect, test } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const DOCUMENT = `# Deploy

## Phase 1: Release

1. Deploy <!-- {#deploy} -->

   \`\`\`bash
   ./deploy
   \`\`\`

   \`\`\`bash {undo=deploy}
   ./undeploy
   \`\`\`

- A note with the way back:

  \`\`\`bash {undo=flag,deploy}
  ./flag off
  \`\`\`

\`\`\`bash {#flag irreversible=1,2}
./flag on
\`\`\`

- [ ] Mails sent <!-- {#mails irreversible} -->

## Rollback

### Level 1: Feature toggle

\`\`\`bash
./level-1
\`\`\`

\`\`\`bash {undo=mails}
./apologise
\`\`\`
`;

test('an undo block is no step and no command of a level, and stays where it stands', () => {
  const { steps, undos, rollbackLevels, blocks, diagnostics } = parseRunbook(DOCUMENT);
  expect(steps.map(({ id, commands }) => [id, commands.map(({ text }) => text)])).toEqual([['deploy', ['./deploy\n']], ['flag', ['./flag on\n']], ['mails', []]]);
  expect(undos.map(({ stepIds, command }) => [stepIds, command.text])).toEqual([[['deploy'], './undeploy\n'], [['flag', 'deploy'], './flag off\n'], [['mails'], './apologise\n']]);
  expect(rollbackLevels.map(({ commands }) => commands.map(({ text }) => text))).toEqual([['./level-1\n']]);
  expect(blocks.filter((block) => block.kind === 'content' && block.tokens.some(({ type }) => type === 'fence'))).toHaveLength(3);
  // There is no level 2 to be closed.
  expect(diagnostics.map(({ code }) => code)).toEqual(['unknown-level']);
});

test('the point of no return names the levels that it closes', () => {
  expect(parseRunbook(DOCUMENT).steps.map(({ irreversible }) => irreversible)).toEqual([null, { closes: [1, 2] }, { closes: [] }]);
  const { steps, diagnostics } = parseRunbook('- [ ] Go <!-- {irreversible=never} -->\n');
  expect([steps[0]?.irreversible, diagnostics.map(({ code }) => code)]).toEqual([{ closes: [] }, ['bad-value']]);
});

test('an undo that names nothing is reported, and is no step all the same', () => {
  for (const info of ['{undo}', '{undo=nobody}', '{undo=""}']) {
    const { steps, undos, diagnostics } = parseRunbook(`# A\n\n\`\`\`bash ${info}\nrm -rf x\n\`\`\`\n`);
    expect([steps, undos.map(({ stepIds }) => stepIds), diagnostics.map(({ code }) => code)]).toEqual([[], [[]], ['unknown-step']]);
  }
});

test('a heading that says level 0 is numbered in order: 0 is for undoing what started', () => {
  const { rollbackLevels } = parseRunbook('# A\n\n## Rollback\n\n### Level 0: Nothing\n\n```sh\ntrue\n```\n');
  expect(rollbackLevels.map(({ level }) => level)).toEqual([1]);
});
