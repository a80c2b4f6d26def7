import { rootIdOf } from '../../run/package/packageRuns.ts';
import type { ViewInput } from '../input.ts';
import { dotted } from '../words.ts';
import { groupIdOf, groupRuns, runOfFile } from './group.ts';
import { memberStanding } from './memberWords.ts';
import type { PackageMember } from './packageInput.ts';
import type { PackageMemberView, PackageView } from './packageViewModel.ts';

/** The other runbooks of the package, each with what became of it in this run; null when there are none. */
export function packageView(input: ViewInput): PackageView | null {
  const members = input.package?.members ?? [];
  if (members.length === 0) return null;
  const group = groupIdOf(input);
  const runs = groupRuns(input);
  return { members: members.map((member) => memberView(member, input, group, runs)) };
}

function memberView(member: PackageMember, input: ViewInput, group: string | null, runs: ReturnType<typeof groupRuns>): PackageMemberView {
  const { id, file, runbook, problem } = member;
  const title = runbook?.title ?? id;
  if (runbook === null || problem !== null) return { id, title, words: problem ?? 'It could not be read.', tone: 'failed', disabledBecause: problem ?? 'It could not be read.' };
  const run = runOfFile(runs, file);
  if (run !== null) {
    const { words, tone } = memberStanding(runbook, run, input.now);
    const isRoot = run.runId === group;
    const belongs = input.state !== null && input.state.partOf?.runId === run.runId ? 'this run is part of it' : isRoot && input.state === null ? 'a run started here is part of it' : null;
    return { id, title, words: dotted([words, belongs]), tone, disabledBecause: null };
  }
  const apart = input.package?.runs.findLast((each) => each.file === file && each.ended === null && rootIdOf(each) !== group);
  const words = apart === undefined ? (group === null ? 'no run' : 'not started') : `a run of its own, ${memberStanding(runbook, apart, input.now).words}`;
  return { id, title, words, tone: 'plain', disabledBecause: null };
}
