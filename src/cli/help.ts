import manifest from '../../package.json' with { type: 'json' };

export const VERSION: string = manifest.version;

/** What each command does, with its usage, options and exit codes. */
export const HELP_OF: ReadonlyMap<string, string> = new Map([
  [
    'inspect',
    `Usage: guided-runbooks inspect [--json] FILE...

Prints an outline of each Markdown file: phases, steps, rollback levels,
triggers, what has to be filled in, what is odd. With --json it prints one JSON
document a line, per file in order. Nothing is run and nothing is changed.

  guided-runbooks inspect deploy.runbook.md
  guided-runbooks inspect --json docs/*.md | jq -r '.steps[].title'

Exit codes: 0 done, 2 usage, or a file that could not be read (the others are
still printed).
`,
  ],
  [
    'runs',
    `Usage: guided-runbooks runs [--json]

Lists the runs under .runbooks/runs of the working directory, newest first: id,
state, start, who started it (as stated), title. With --json it prints one
document: {"success": true|false, "details": {"runs": …, "unread": …}}.

Exit codes: 0 done, 2 usage, or a run that could not be read (the others are
still listed).
`,
  ],
  [
    'status',
    `Usage: guided-runbooks status [ENV] [--json]

Says of each environment, or of ENV, what the runs under .runbooks/runs of the
working directory know: what is deployed, since when and by which run, its
commit, the schema, what the checks of the latest run said, the last backup.
With --json it prints one document:
{"success": true|false, "details": {"environments": …, "odd": …}}.

  guided-runbooks status production
  guided-runbooks status --json | jq '.details.environments[].release.value'

Exit codes: 0 done, 1 a record is not whole (it is named, and more may have
happened), 2 usage, no such environment, or a record that could not be read
(what is known is still printed).
`,
  ],
  [
    'report',
    `Usage: guided-runbooks report RUN [--format md|html|json|postmortem] [--output FILE]

Writes the report of a run: its steps checked off with who and when, commands,
exit codes, output, notes, reasons, rollbacks, and the state of its record.

  --format md     Markdown, to be read in a pull request (as without --format)
  --format html   one page with a timeline, which needs nothing else
  --format json   every field of the report
  --format postmortem   a post-mortem to be written, with the timeline filled in
  --output FILE   write there (an existing file is replaced) and not to stdout

A RUN is the folder of a run, its id under .runbooks/runs of the working
directory, or the beginning or end of an id that no other run there has.

  guided-runbooks report 7QXW --format html --output run.html
  guided-runbooks report 01KCR0V9 --format json | jq '.counts'

Exit codes: 0 done, 2 usage, a run that could not be read, or a file that could
not be written. That a record is not complete stands in the report: see verify.
`,
  ],
  [
    'compare',
    `Usage: guided-runbooks compare RUN RUN [--json | --format text|md]

Sets two runs side by side: outcomes and durations of each step, matched by its
id, steps that only one of them has, steps whose text is another. A RUN is as
for report. With --json it prints one document: {"success": true|false,
"details": …}.

Exit codes: 0 done (whatever differs), 2 usage, or a run that could not be read.
`,
  ],
  [
    'verify',
    `Usage: guided-runbooks verify [--json] RUN...

Reads every line of a record, checks the chain of each writer, what the writers
saw of each other, and the files that the record names. A RUN is the folder of a
run, or its id under .runbooks/runs of the working directory. Each finding is a
line. When there is none, it says how many events there are and what git says of
them. The hashes in a record show damage and naive edits; whoever can write the
files can make them anew, so look at the commit too. With --json it prints one
document: {"success": true|false, "details": {"runs": …}}.

  guided-runbooks verify 01KCR0V9JZ4Q6T0W4H2D5E8F3A
  guided-runbooks verify --json .runbooks/runs/* | jq -r '.details.runs[].findings[]?.words'

Exit codes: 0 whole, 1 something was found, 2 usage, or a record that could not
be read (the others are still printed).
`,
  ],
]);

export const HELP = `guided-runbooks: deployment runbooks in Markdown, read by the same engine as in the editor

Usage:
  guided-runbooks inspect [--json] FILE...   Say what a Markdown file means as a runbook
  guided-runbooks runs [--json]              List the runs of the working directory
  guided-runbooks status [ENV] [--json]      Say what is deployed where
  guided-runbooks report RUN [--format md|html|json|postmortem] [--output FILE]
                                             Write the report of a run
  guided-runbooks compare RUN RUN [--json]   Set two runs side by side
  guided-runbooks verify [--json] RUN...     Say whether the record of a run is whole
  guided-runbooks COMMAND --help             Say more about a command
  guided-runbooks --version
  guided-runbooks --help

Nothing is run, and nothing is changed but the file that report writes.

Exit codes: 0 done (verify: whole), 1 verify or status found something, 2 usage,
or a file or record that could not be read.
`;
