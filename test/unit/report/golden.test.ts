import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../src/core/report/html/html.ts';
import { jsonReport } from '../../../src/core/report/json.ts';
import { markdownReport } from '../../../src/core/report/markdown/markdown.ts';
import { reportedRuns } from '../../fakes/reportedRuns.ts';

/*
 * Reports as they are written today, to be read by a person: a change here is a
 * change of what reviewers see. Written anew with `npx vitest run -u`.
 */
describe.each(Object.entries(reportedRuns()))('a %s run', (name, report) => {
  it('reads well in Markdown', async () => {
    await expect(markdownReport(report)).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it('is one page of HTML', async () => {
    await expect(htmlReport(report)).toMatchFileSnapshot(`golden/${name}.html`);
  });

  it('has the same fields in JSON', async () => {
    await expect(jsonReport(report)).toMatchFileSnapshot(`golden/${name}.json`);
  });
});
