import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { workspace } from 'vscode';
import { compareRuns } from '../../core/report/compareRuns.ts';
import { htmlReport } from '../../core/report/html/html.ts';
import { jsonReport } from '../../core/report/json.ts';
import { comparisonMarkdown } from '../../core/report/markdown/comparison.ts';
import { postMortem } from '../../core/report/markdown/postMortem.ts';
import { markdownReport } from '../../core/report/markdown/markdown.ts';
import { planPush, pullBranch, pushBranch, type PushPlan } from '../../node/pushRecord.ts';
import { Claims } from '../../node/record/claims.ts';
import { readReport } from '../../node/record/readReport.ts';
import { isCommitted } from '../../node/share/isCommitted.ts';
import { commitRecord, planCommit, type Committed } from '../../node/shareRecord.ts';

export type ReportFormat = 'md' | 'html' | 'json' | 'postmortem';

const writers = { md: markdownReport, html: htmlReport, json: jsonReport, postmortem: postMortem } as const;

/** What can be done with the record in a run's folder (absolute). */
export class RecordActs {
  readonly #storage: string;

  /** @param storage the extension's global storage folder */
  constructor(storage: string) {
    this.#storage = storage;
  }

  /** The branch that the record would be committed to. Throws a UserError when it cannot be. */
  async branchFor(folder: string): Promise<string> {
    return (await planCommit({ folder, isTrusted: workspace.isTrusted })).branch;
  }

  commit(folder: string, message: string, signal: AbortSignal): Promise<Committed> {
    return commitRecord({ folder, signal, isTrusted: workspace.isTrusted }, message);
  }

  planPush(folder: string): Promise<PushPlan> {
    return planPush({ folder, isTrusted: workspace.isTrusted });
  }

  push(folder: string, plan: PushPlan, signal: AbortSignal): Promise<void> {
    return pushBranch({ folder, signal, isTrusted: workspace.isTrusted }, plan);
  }

  pull(folder: string, plan: PushPlan, signal: AbortSignal): Promise<void> {
    return pullBranch({ folder, signal, isTrusted: workspace.isTrusted }, plan);
  }

  isCommitted(folder: string): Promise<boolean | null> {
    return isCommitted(folder);
  }

  /** Whether a window of this machine drives the run. */
  async isDriven(folder: string): Promise<boolean> {
    const claims = new Claims(join(this.#storage, 'claims'), dirname(folder), `w-${randomBytes(8).toString('hex')}`);
    try {
      return (await claims.holder(basename(folder))) !== null;
    } finally {
      claims.close();
    }
  }

  async report(folder: string, format: ReportFormat): Promise<string> {
    return writers[format](await readReport(folder, workspace.isTrusted));
  }

  /** Two runs side by side, as Markdown. */
  async comparison(left: string, right: string): Promise<string> {
    const [ours, theirs] = await Promise.all([readReport(left, workspace.isTrusted), readReport(right, workspace.isTrusted)]);
    return comparisonMarkdown(compareRuns(ours, theirs));
  }
}
