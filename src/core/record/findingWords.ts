import type { Finding } from './integrity.ts';

/** What a finding tells a person: one sentence, without line breaks. What a record says of itself is not in it, names of files are. */
export function findingWords(finding: Finding): string {
  switch (finding.kind) {
    case 'damaged':
      return `Line ${String(finding.line)} of ${finding.file} is damaged and was left out: it ${finding.reason}.`;
    case 'torn':
      return `Line ${String(finding.line)} of ${finding.file} was begun and never confirmed, so it does not count.`;
    case 'unlinked':
      return `Line ${String(finding.line)} of ${finding.file} does not follow from the line before it: something was changed or taken out.`;
    case 'missing':
      return `${eventsFrom(finding.from, finding.to)} missing in ${finding.file}.`;
    case 'repeated':
      return `Line ${String(finding.line)} of ${finding.file} has the number ${String(finding.seq)}, which was there before.`;
    case 'unseen':
      return finding.found === 0
        ? `${finding.writer}.jsonl is missing: its events up to number ${String(finding.upTo)} had been seen.`
        : `${finding.writer}.jsonl ends with event ${String(finding.found)}, and its events up to number ${String(finding.upTo)} had been seen.`;
    case 'tooLarge':
      return `${finding.file} is larger than ${String(Math.round(finding.limitBytes / 1024 / 1024))} MB; the rest was not read.`;
    case 'unreadable':
      return `${finding.file} was left out: it ${finding.reason}.`;
    case 'newer':
      return `${finding.file} was written by a newer version (format ${String(finding.version)} from line ${String(finding.line)} on), so not all of it is understood. Update to see the rest.`;
    case 'noStart':
      return 'The start of the run is missing.';
    case 'text':
      if (finding.sha256 !== undefined) return `The runbook’s text that the run took later (${finding.sha256.slice(0, 12)}) is ${finding.problem === 'missing' ? 'missing' : 'not the one that was recorded'}.`;
      return finding.problem === 'missing' ? 'The runbook’s text at the start is missing.' : 'The runbook’s text at the start is not the one that the run began with.';
    case 'output':
      return finding.problem === 'missing' ? `The output of ${finding.executionId} is missing.` : `The output of ${finding.executionId} is not the one that was recorded.`;
  }
}

function eventsFrom(from: number, to: number): string {
  return from === to ? `Event ${String(from)} is` : `Events ${String(from)} to ${String(to)} are`;
}
