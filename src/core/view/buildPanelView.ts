import { accessOf } from './access.ts';
import { blockViews } from './blocks.ts';
import { dockView } from './dock.ts';
import { graphView } from './graph/graphView.ts';
import { headerView } from './header.ts';
import type { ViewInput } from './input.ts';
import { noticeViews } from './notices.ts';
import { Progress } from './progress.ts';
import { rollbackView } from './rollback.ts';
import { saidAtSteps } from './said.ts';
import { Sections } from './sections.ts';
import { packageView } from './package/packageView.ts';
import type { PanelView } from './viewModel.ts';

/**
 * What the panel shows of a runbook and its run. Pure: the same input gives an
 * equal view, and blocks about which nothing has changed are the same objects,
 * so that comparing two views need not look into them.
 */
export function buildPanelView(input: ViewInput): PanelView {
  const progress = new Progress(input.runbook, input.state, input);
  const access = accessOf(input);
  const sections = new Sections(input.runbook, progress);
  return {
    header: headerView(input, progress, sections, access),
    notices: noticeViews(input),
    outline: sections.outline(),
    blocks: blockViews({ input, progress, access, said: saidAtSteps(input.state, input.formatTime) }, sections),
    graph: graphView(input.runbook, progress, sections),
    dock: dockView(input),
    prompt: input.prompt,
    rollback: rollbackView(input, access),
    review: null,
    ...packageOf(input),
  };
}

function packageOf(input: ViewInput): Pick<PanelView, 'package'> {
  const view = packageView(input);
  return view === null ? {} : { package: view };
}
