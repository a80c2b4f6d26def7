import { rollbackName, sentenceName } from './rollback/levelName.ts';
import { UserError } from './userError.ts';

/**
 * The catalogue: what a person can be told, each with what happened, what it
 * means and what to do. Codes are stable.
 */

// The run

export const noRun = (): UserError => new UserError('no-run', 'No run is going on, so nothing was recorded. Start a run first.');
export const runAlreadyStarted = (): UserError => new UserError('run-started', 'A run of this runbook is already going on. End it before you start another.');
export const runEnded = (): UserError => new UserError('run-ended', 'This run has ended and its record is closed. Start a new run.');
export const runNotComplete = (title: string): UserError =>
  new UserError('run-not-complete', `The run is not complete: “${title}” is neither done nor skipped. Finish or skip it, or end the run as abandoned.`);
export const runSoaks = (title: string): UserError =>
  new UserError('run-soaks', `The run is not finished: the soak of “${title}” is not over. Nothing was recorded. Wait for it, or end it early with a reason.`);
export const noSoak = (): UserError => new UserError('no-soak', 'No soak is going on there, so nothing was recorded.');
export const noMonitors = (): UserError => new UserError('no-monitors', 'The front matter of this runbook has no monitors, so there is nothing to watch.');
export const noProbe = (): UserError => new UserError('no-probe', 'Monitors cannot be run from here. Nothing was started. Open the runbook in the editor.');
export const monitorsChanged = (): UserError => new UserError('monitors-changed', 'The monitors were edited after they were shown. Nothing was started. Look at them as they are now, then agree again.');
export const notRolledBack = (): UserError => new UserError('not-rolled-back', 'No rollback has succeeded in this run, so it cannot end as rolled back.');
export const notStopped = (): UserError => new UserError('not-stopped', 'No gate of this run said No-Go, so it cannot end as stopped.');
export const locked = (because: string): UserError => new UserError('locked', because);
export const heldElsewhere = (holder: string): UserError =>
  new UserError('held-elsewhere', `${holder} drives this run now, so nothing was recorded here. Take the run over to go on in this window.`);
export const noSuchRun = (runId: string): UserError => new UserError('no-such-run', `There is no record of run ${runId} in this workspace.`);
export const noSuchRunHere = (run: string, runs: string): UserError => new UserError('no-such-run', `There is no run “${run.slice(0, 200)}”: neither a folder nor an id, or the beginning or end of one, in ${runs}.`);
export const ambiguousRun = (run: string, ids: readonly string[]): UserError =>
  new UserError('ambiguous-run', `“${run}” could be ${String(ids.length)} runs (${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ', …' : ''}). Give more of the id.`);
export const reportNotWritten = (file: string, why: string): UserError => new UserError('report-not-written', `The report could not be written to ${file}: ${why}.`);
export const reasonMissing = (): UserError => new UserError('reason-missing', 'Nothing was changed: a reason is needed. It is kept in the record.');

// The start of a run

export const frontMatterWrong = (problem: string): UserError => new UserError('front-matter-wrong', `${problem} Correct it, then start the run.`);
export const startPageStale = (): UserError => new UserError('start-stale', 'The runbook was edited after you were asked, so no run was started. Start it again and look at the page as it is now.');
export const preflightChanged = (words: string): UserError => new UserError('preflight-changed', `No run was started, because a check failed that had not failed before: ${words}`);
export const packageMoved = (): UserError => new UserError('package-moved', 'What the other runbooks of the package know, or the run that this one would be a part of, has changed since you were asked, so no run was started. Start it again and look at the page as it is now.');
export const packageValuesChanged = (names: readonly string[]): UserError =>
  new UserError('package-values-changed', `Nothing was run, because values of the package have changed: ${names.slice(0, 10).map((name) => JSON.stringify(name.slice(0, 100))).join(', ')}${names.length > 10 ? ' and more' : ''}. Look again at what is to run, and press again.`);
export const partOfAnotherRun = (title: string, part: string): UserError =>
  new UserError('part-of-another-run', `Nothing was planned or run: a run of “${title}” goes on here that is ${part}, and does not belong to the run in which you chose the level. It has an environment and values of its own. End it first, then choose the level again.`);
export const recordedVariable = (name: string): UserError =>
  new UserError('recorded-variable', `Nothing was run: the record of this run sets ${JSON.stringify(name.slice(0, 100))}, which is a variable that programs act on, so it is not trusted. End the run and start a new one.`);
export const secretNotKept = (): UserError => new UserError('secret-not-kept', 'The editor’s secret storage could not be used, so nothing was kept there or forgotten. The run goes on with what you gave.');
export const secretMissing = (name: string): UserError => new UserError('secret-missing', `Nothing was run: this window does not know the secret ${JSON.stringify(name.slice(0, 100))}. Run the step again to be asked for it.`);
export const secretUndefined = (name: string): UserError =>
  new UserError('secret-undefined', `Nothing was run: this run needs the secret ${JSON.stringify(name.slice(0, 100))}, which the runbook no longer asks for. Put it back into the front matter, or end the run and start a new one.`);

// Steps

export const staleStep = (title: string): UserError =>
  new UserError('stale-step', `The runbook was edited after you last saw “${title}”. Nothing was done. Look at the step as it is now, then try again.`);
export const stepVanished = (): UserError => new UserError('step-vanished', 'This step is no longer in the runbook. Nothing was done.');
export const notNext = (title: string | null): UserError =>
  new UserError('not-next', title === null ? 'Nothing is left to run.' : `The next step is “${title}” by now. Nothing was run. Look at it, then try again.`);
export const nextIsManual = (title: string): UserError => new UserError('next-is-manual', `The next step, “${title}”, is for a person: nothing is run. Tick it when it is done.`);
export const nextIsGate = (title: string): UserError => new UserError('next-is-gate', `The next step, “${title}”, is a decision: choose Go or No-Go.`);
export const stepWaits = (title: string, words: string): UserError => new UserError('step-waits', `“${title}” ${words}. Nothing was done.`);
export const stepReserved = (title: string, words: string): UserError => new UserError('step-reserved', `“${title}” ${words}. Nothing was done. Somebody who takes no part in the run agrees to it in the run's record (Open Run Record…, Approve step…); their file of the record has to be here, by git or on a shared disk. It can be skipped with a reason.`);
export const evidenceMissing = (title: string): UserError => new UserError('evidence-missing', `“${title}” asks for evidence: a note, a link or the path of a file, which is kept in the record. Nothing was done.`);
export const evidenceFileMissing = (path: string): UserError => new UserError('evidence-file-missing', `There is no file “${path}” in this workspace, so nothing was recorded. Correct the path, from the workspace's folder on, or say in words what was seen.`);
export const nothingToRun = (title: string): UserError => new UserError('nothing-to-run', `“${title}” has no commands to run.`);
export const notACheck = (title: string): UserError => new UserError('not-a-check', `“${title}” is no check, so it is only run in its order.`);
export const badRequest = (words: string): UserError => new UserError('bad-request', `This request cannot be sent. ${words}`);
export const secretInRequest = (): UserError => new UserError('secret-in-request', 'This request asks for a secret in its text, and what is sent is kept in the record, so nothing was sent. Use a command instead, which gets the secret as an environment variable.');
export const requestNotSeen = (title: string): UserError => new UserError('request-not-seen', `The request of “${title}” needs values, and nobody has seen it with them. Run that check by itself; in a rollback, write the request without placeholders.`);
export const checksToRead = (title: string): UserError => new UserError('checks-to-read', `Every check there has to be seen to by itself first, because it was edited, needs values or is reserved for others: begin with “${title}”.`);
export const noChecks = (where: string | null): UserError => new UserError('no-checks', `There are no checks ${where === null ? 'in this runbook' : `in “${where}”`}: write check in the annotation of a fence that only looks.`);
export const hasCommands = (title: string): UserError => new UserError('has-commands', `“${title}” has commands, so it is not ticked by hand. Run it, or mark it done with a reason.`);
export const followsChildren = (title: string): UserError => new UserError('follows-children', `“${title}” is done when its sub-steps are. Act on those.`);
export const isGate = (title: string): UserError => new UserError('is-gate', `“${title}” is a choice of a gate: decide it with Go or No-Go.`);
export const notAGate = (title: string): UserError => new UserError('not-a-gate', `“${title}” is no gate, so there is nothing to decide.`);
export const otherDecision = (title: string, decision: string): UserError => new UserError('other-decision', `“${title}” means ${decision}. Choose the other item for the other decision.`);
export const gateDecided = (title: string): UserError => new UserError('gate-decided', `This gate has been decided: “${title}”. Reopen that choice to decide again.`);
export const wrongStatus = (title: string, status: string, act: string): UserError => new UserError('wrong-status', `“${title}” is ${status}, so it cannot be ${act}.`);
export const stepRuns = (title: string): UserError => new UserError('step-runs', `“${title}” is running. Wait for its end, or stop it first.`);

// Commands

export const alreadyRunning = (what: string): UserError => new UserError('already-running', `${what} is still running, and this does not run beside it. Wait for its end, or stop it first.`);
export const backgroundStillRuns = (titles: readonly string[]): UserError =>
  new UserError('background-still-runs', `${titles.map((title) => `“${title}”`).join(' and ')} could not be stopped and ${titles.length === 1 ? 'still runs' : 'still run'} in the background. End it in its terminal, then try again. Abandoning the run ends it all the same.`);
export const nothingRuns = (): UserError => new UserError('nothing-runs', 'Nothing is running, so there is nothing to stop.');
export const unknownShell = (shell: string): UserError =>
  new UserError('unknown-shell', `The runbook asks for the shell “${shell}”, which is not one that can be used here (bash, sh, zsh, fish, pwsh, cmd). Nothing was run. Edit the runbook.`);
export const changedWhileRunning = (title: string): UserError =>
  new UserError('changed-while-running', `The commands of “${title}” were edited while it ran. The rest of it was not started. Look at the step, then run it again.`);
export const notAcknowledged = (what: string): UserError => new UserError('not-acknowledged', `Nothing was run: ${what}`);

// What may run, and where

export const notABlockShell = (shell: string): UserError => new UserError('unknown-shell', `“${shell}” is not a shell that blocks can be run in. Name bash, sh, zsh, fish, pwsh or cmd in the runbook.`);
export const restrictedMode = (): UserError =>
  new UserError('restricted-mode', 'This workspace is in Restricted Mode, so nothing was run. Trust the workspace (command “Workspaces: Manage Workspace Trust”) and try again.');
export const unsaved = (): UserError => new UserError('unsaved', 'This runbook has no file yet, so its run could not be recorded. Save it, then start the run.');
export const notOnDisk = (): UserError =>
  new UserError('not-on-disk', 'This runbook is not a file on a disk here, so its commands would have nowhere to run. Open it from a folder on a disk.');
export const windowsOnly = (): UserError => new UserError('unknown-shell', 'cmd blocks can be run on Windows only. Write the block for a shell of this system.');
export const cwdMissing = (written: string): UserError => new UserError('cwd-missing', `its directory “${written}” does not exist. Make it, or correct cwd= in the runbook.`);
export const cwdOutside = (written: string): UserError =>
  new UserError('cwd-outside', `its directory “${written}” leads out of the workspace, where no commands are run. Correct cwd= in the runbook, or remove the link.`);
export const cwdNotDirectory = (written: string): UserError => new UserError('cwd-not-directory', `“${written}” is not a directory, so no commands can be run in it. Correct cwd= in the runbook.`);
export const programMissing = (written: string): UserError => new UserError('program-missing', `its interpreter “${written}” is not in the workspace. Add it, or correct interpreter= in the runbook.`);
export const programOutside = (written: string): UserError =>
  new UserError('program-outside', `its interpreter “${written}” leads out of the workspace, where no programs are taken from by a path. Correct interpreter= in the runbook, or remove the link.`);
export const programNotExecutable = (written: string): UserError => new UserError('program-not-executable', `its interpreter “${written}” is no file that may be executed. Correct interpreter= in the runbook, or make the file executable.`);
export const blockChanged = (): UserError => new UserError('hash-mismatch', 'The commands are not the ones that were approved. Look at them as they are now, then run them again.');
export const nulInBlock = (): UserError => new UserError('nul-in-block', 'The commands contain NUL bytes, which no shell can run as they are. Remove them from the runbook.');
export const badVariableName = (name: string): UserError => new UserError('bad-variable', `${JSON.stringify(name)} cannot be the name of an environment variable. Choose a name of letters, digits and _.`);
export const badVariableValue = (name: string): UserError => new UserError('bad-variable', `The value of ${name} is too long for an environment variable, or contains a NUL byte. Give a shorter one, or name a file that holds it.`);
export const unquotablePath = (folder: string, why: string): UserError =>
  new UserError('unquotable-path', `The folder ${JSON.stringify(folder)} cannot be named safely in a terminal: ${why}. Another folder has to be used.`);

// Files that steps write

export const fileChanged = (path: string): UserError => new UserError('file-changed', `“${path}” is not what you were shown any more, so nothing was written. Run the step again and look at the difference as it is now.`);
export const fileOutside = (path: string): UserError => new UserError('file-outside', `“${path}” leads out of the workspace, where no step writes. Nothing was written. Correct file= in the runbook, or remove the link.`);
export const fileClosed = (path: string, folder: string): UserError => new UserError('file-closed', `“${path}” leads into ${folder}, where no step writes. Nothing was written. Correct file= in the runbook, or remove the link.`);
export const fileUnsaved = (path: string): UserError => new UserError('file-unsaved', `“${path}” is open in the editor with changes that are not saved, so nothing was written. Save or undo them, then run the step again.`);
export const filePlace = (path: string): UserError => new UserError('file-place', `“${path}” cannot be written: a folder, something that is no plain file, a link that leads nowhere, or a file that is too large is in its place. Nothing was written.`);
export const fileIsRunbook = (path: string): UserError => new UserError('file-is-runbook', `“${path}” is this runbook itself, which is never changed by its own run. Nothing was written. Correct file= in the runbook.`);
export const fileNotSeen = (title: string): UserError => new UserError('file-not-seen', `“${title}” writes a file, and nobody has seen the difference. Nothing was written. Run that step by itself.`);

// A runbook that was edited during its run

export const driftNotAcknowledged = (title: string): UserError =>
  new UserError('drift-not-acknowledged', `“${title}” was edited after this run started, and nobody has acknowledged it as it is now. Nothing was done. Read what has changed, then go on.`);
export const runTextUnknown = (): UserError =>
  new UserError('run-text-unknown', 'The text that this run started with was not kept, or is another than the record names, so nobody can tell what has changed. Nothing was done. End the run and start a new one to go by the present text.');
export const rebaseLosesSteps = (titles: readonly string[]): UserError =>
  new UserError('rebase-loses-steps', `The run was not rebased: ${titles.map((title) => `“${title}”`).join(', ')} ${titles.length === 1 ? 'has' : 'have'} started and ${titles.length === 1 ? 'is' : 'are'} no longer in the runbook. Put ${titles.length === 1 ? 'it' : 'them'} back, or end the run and start a new one.`);
export const nothingToRebase = (): UserError => new UserError('nothing-to-rebase', 'The run goes by this very text already, so there is nothing to rebase.');
export const rebasePlanChanged = (): UserError => new UserError('rebase-plan-changed', 'The runbook or its run has changed since you saw the plan, so the run was not rebased. Look at the plan as it is now, then try again.');
export const editChanged = (): UserError => new UserError('edit-changed', 'The runbook was edited again after you read the difference. Nothing was done. Read it as it is now, then try again.');

// Placeholders

export const placeholderUnplaceable = (name: string, why: string): UserError =>
  new UserError('placeholder-unplaceable', `The value of ${name} cannot be put in safely here: ${why}. Nothing was run; edit the runbook.`);
export const valueRefused = (name: string, why: string): UserError => new UserError('value-refused', `The value of ${name} ${why}`);
export const valueMissing = (name: string): UserError => new UserError('value-missing', `${name} needs a value before this can run.`);

// Rollback

export const noSuchLevel = (level: number): UserError => new UserError('no-such-level', `The runbook has no rollback level ${String(level)}. Nothing was run.`);
export const emptyLevel = (level: number): UserError => new UserError('empty-level', `Rollback level ${String(level)} has no commands, so nothing was run. Add them to the runbook.`);
export const nothingToUndo = (): UserError => new UserError('nothing-to-undo', 'Nothing that has an undo block has started, or all of it is undone. Nothing was run.');
export const planChanged = (level: number): UserError =>
  new UserError('plan-changed', `The plan of ${rollbackName(level)} is another than the one you saw. Nothing was run. Look at the plan as it is now, then confirm again.`);
export const planChangedMidway = (level: number): UserError =>
  new UserError('plan-changed-midway', `What ${rollbackName(level)} runs was edited after it began, so it cannot go on. Give it up, then look at its plan anew.`);
export const stopFirst = (): UserError => new UserError('stop-first', 'A command is running. Stop it first, then roll back.');
export const rollbackActive = (level: number, isRehearsal = false): UserError => new UserError('rollback-active', `${sentenceName(level, isRehearsal)} has not ended. Finish or abandon it first.`);
export const noRollback = (): UserError => new UserError('no-rollback', 'No rollback is under way.');

// Backups

export const backupUndeclared = (name: string): UserError =>
  new UserError('backup-undeclared', `The runbook declares no backup “${name.slice(0, 100)}”, so it is not known which backups are meant. Nothing was run. Add it to "backups" of the front matter, or correct the name.`);
export const backupNeedsRun = (name: string): UserError => new UserError('backup-needs-run', `Which backup of ${name} is meant depends on the environment of the run. Start a run first.`);
export const noBackup = (name: string, environment: string | null, odd: string): UserError =>
  new UserError('no-backup', `No backup of ${name} is recorded ${environment === null ? 'for runs without an environment' : `in ${environment}`} that is still there (what a rollback made does not count), so this cannot restore one. Nothing was run.${odd === '' ? '' : ` But ${odd}.`} Make one first, or restore by hand what you know of.`);
export const backupNotSeen = (title: string): UserError => new UserError('backup-not-seen', `Nobody has seen which backups “${title}” would be given, so it was not run. Run it by itself.`);
export const backupsChanged = (title: string): UserError => new UserError('backups-changed', `Other backups are recorded by now than those that you saw for “${title}”. Nothing was run. Look at them, then run it again.`);
export const planNamesBackup = (level: number): UserError => new UserError('plan-names-backup', `The run has begun, so it is known now which backup level ${String(level)} uses. Nothing was rolled back yet: look at the plan, then confirm it.`);

export const planCannotRun = (why: string): UserError => new UserError('plan-cannot-run', why);
export const noSuchEnvironment = (name: string, known: readonly string[]): UserError =>
  new UserError('no-such-environment', `No recorded run was made for an environment “${name.slice(0, 100)}”. ${known.length === 0 ? 'No run here has an environment.' : `There are: ${known.join(', ')}.`}`);

// Review

export const remarkEmpty = (): UserError => new UserError('remark-empty', 'Nothing was added: the remark has no words.');
export const ownRun = (name: string): UserError =>
  new UserError('own-run', `${name} took part in this run, as git’s settings state it, so somebody else has to decide on it. You can add a remark.`);
export const reviewerUnknown = (): UserError =>
  new UserError('reviewer-unknown', 'Nobody knows who decides here, so nothing was recorded. Set user.name and user.email in git, then try again.');
export const runNotEnded = (): UserError => new UserError('run-not-ended', 'This run has not ended, so it cannot be decided on as a whole. Add a remark, or decide on a step.');
export const nothingToReview = (title: string): UserError => new UserError('nothing-to-review', `Nothing of “${title}” is in the record, so there is nothing to decide on.`);
export const rejectionUnexplained = (): UserError => new UserError('rejection-unexplained', 'Nothing was recorded: say why it is rejected.');

// The record and the panel

export const notKept = (): UserError => new UserError('not-kept', 'It is not kept in this record, or cannot be read.');
export const notRecorded = (why: string): UserError =>
  new UserError('not-recorded', `Not recorded: ${why}. The run stops here; nothing that is not on disk is shown as done. Make room or repair the disk, then try again.`);
export const storeUnreadable = (why: string): UserError => new UserError('store-unreadable', `The record of the run could not be read: ${why}. Nothing was changed.`);
export const notARecord = (folder: string): UserError => new UserError('not-a-record', `${folder} holds no record of a run. Name the folder of a run, or its id.`);
export const recordUnreadable = (folder: string, why: string): UserError => new UserError('record-unreadable', `${folder} could not be read: ${why}.`);
export const outsideWorkspace = (path: string): UserError =>
  new UserError('outside-workspace', `${path} is, or leads, outside the workspace folder. Records are only kept inside it. Remove the link, then try again.`);
export const sessionClosed = (): UserError => new UserError('session-closed', 'This runbook was closed here. Nothing was done. Open it again to go on.');
export const promptGone = (): UserError => new UserError('prompt-gone', 'This question is no longer open. Nothing was done.');

// Files, links and commands of the editor

export const folderNotFile = (path: string): UserError => new UserError('not-a-file', `${path} is a folder. Name a Markdown file in it.`);
export const fileTooLarge = (path: string, size: string, limit: string): UserError =>
  new UserError('file-too-large', `${path} has ${size} MB; the limit is ${limit} MB. It was not read. Split it, or name the right file.`);
export const fileUnreadable = (path: string, why: string): UserError => new UserError('unreadable-file', `${path} could not be read: ${why}. Name a file that you may read.`);
export const linkRefused = (href: string): UserError =>
  new UserError('link-refused', `The link “${href.slice(0, 200)}” was not opened: only web addresses, files of the workspace and places in this document are. Correct it in the runbook.`);
export const linkOutside = (path: string): UserError => new UserError('link-outside', `“${path}” was not opened: there is no such file inside the workspace. Correct the link in the runbook.`);
export const linkPlaceUnknown = (place: string, title: string): UserError => new UserError('link-place-unknown', `“${title.slice(0, 200)}” has no step and no heading called “${place.slice(0, 200)}”, so it was opened where it stands. Correct the link in the runbook.`);
export const noStepAtCursor = (): UserError => new UserError('no-step', 'There is no step at the cursor, so nothing was run. Put the cursor into one, or act in the panel.');
export const noStepHere = (): UserError => new UserError('no-step', 'There is no step here. Put the cursor into one, or act in the panel.');
export const noMarkdown = (): UserError => new UserError('no-markdown', 'No Markdown file is open in front, so there is nothing to show. Open one, then open it as a runbook.');
export const noRunbook = (): UserError => new UserError('no-runbook', 'No runbook is open in front, so nothing was done. Open one first.');
export const frontMatterBroken = (line: number): UserError => new UserError('front-matter-broken', `The front matter cannot be read since it was edited (line ${String(line)}), so this shows the runbook as it was before. Nothing is started or run by it until the front matter is corrected; stopping and rolling back still work.`);
export const annotateEdited = (): UserError => new UserError('annotate-edited', 'The document was edited while annotations were being proposed, so they no longer fit. Nothing was changed. Choose Annotate… once more.');
export const annotateRefused = (): UserError => new UserError('annotate-refused', 'The editor did not take the changes, perhaps because the file is read-only. Nothing was changed. Make the file writable and choose Annotate… once more.');
export const proposalGone = (): UserError => new UserError('proposal-gone', 'The proposed annotations are no longer open, so nothing was changed. Choose Annotate… once more.');
export const severalRuns = (): UserError => new UserError('several-runs', 'Several runs are going on, so nothing was done. Open the panel of the one you mean first.');
export const rowGone = (): UserError => new UserError('row-gone', 'The list of runs was just made again, so it is not known which run you meant. Nothing was done. Choose it in the list once more.');
export const badArguments = (): UserError => new UserError('bad-arguments', 'Another extension called a command of Guided Runbooks in a way that is not offered. Nothing was done. Use the commands of the panel instead.');

// Packages of runbooks

export const memberOutside = (): UserError => new UserError('member-outside', 'Its path leads out of the workspace folder, or there is no such file in it. Correct it in “package”.');
export const memberIsItself = (): UserError => new UserError('member-is-itself', 'It is this runbook itself. Take it out of “package”.');
export const memberIsNone = (): UserError => new UserError('member-is-none', 'It has neither steps nor rollback levels nor monitors, so it is no runbook. Correct its path in “package”.');
export const memberUnreachable = (problem: string): UserError => new UserError('member-unreachable', `It was not opened. ${problem}`);
export const memberGone = (): UserError => new UserError('member-gone', 'This runbook is no longer listed in “package”, so it was not opened.');
export const packageNeedsFolder = (): UserError => new UserError('package-needs-folder', 'This runbook is in no workspace folder, so the others of its package are not looked for. Open the folder that holds them.');

// Sharing through git

export const shareNeedsTrust = (): UserError =>
  new UserError('share-needs-trust', 'This workspace is in Restricted Mode, so nothing was committed or pushed: a commit can run programs that the repository names. Trust the workspace, then try again.');
export const noGit = (): UserError => new UserError('no-git', 'Git was not found, so nothing was committed. Install git or put it on the PATH, then try again.');
export const noRepository = (): UserError => new UserError('no-repository', 'The record is not in a git repository, so there is nothing to commit it to. Create one, or keep the record as it is.');
export const gitRefuses = (words: string): UserError => new UserError('git-refuses', `Git does not work in this folder, so nothing was done. It said: ${words}`);
export const detachedHead = (): UserError =>
  new UserError('detached-head', 'No branch is checked out (detached HEAD), so a commit would belong to none. Nothing was committed. Check out a branch, then try again.');
export const inTheMiddle = (act: string): UserError => new UserError('in-the-middle', `The repository is in the middle of ${act}. Nothing was committed. Finish or abort it, then try again.`);
export const recordIgnored = (rule: string): UserError =>
  new UserError('record-ignored', `Git is told to ignore this record, or a part of it, by ${rule}. Nothing was committed. Change that rule, then try again.`);
export const nothingToCommit = (): UserError => new UserError('nothing-to-commit', 'This record has been committed as it is now, so there is nothing to commit.');
export const notCommitted = (words: string): UserError =>
  new UserError('not-committed', `Nothing was committed, and your other changes are as they were. Git, or a hook of this repository, said: ${words}`);
export const notSigned = (words: string): UserError =>
  new UserError('not-signed', `Nothing was committed, because the commit could not be signed. Unlock or set up your signing key, then try again. Git said: ${words}`);
export const noRemote = (): UserError => new UserError('no-remote', 'This repository has no remote, so there is nowhere to push to. Add one, then push.');
export const remoteAhead = (place: string): UserError =>
  new UserError('remote-ahead', `Nothing was pushed: ${place} has commits that this branch does not have yet. Pull them in, then push again.`);
export const notPushed = (words: string): UserError => new UserError('not-pushed', `Nothing was pushed; the commit is kept here. Git, or the remote, said: ${words}`);
export const pullConflicts = (place: string): UserError =>
  new UserError('pull-conflicts', `Nothing was pulled or pushed: changes on ${place} conflict with this branch, outside the record. Merge them by hand, then push.`);
export const pullOverStaged = (): UserError =>
  new UserError('pull-over-staged', 'Nothing was pulled or pushed: you have staged changes, and git merges only without any. Commit or unstage them, then push the record again.');
export const notPulled = (words: string): UserError =>
  new UserError('not-pulled', `Nothing was merged or pushed, and your files are as they were. Git, or a hook of this repository, said: ${words}`);
export const recordIsPrivate = (): UserError =>
  new UserError('record-is-private', 'This record is kept out of git, in the storage of this machine, so it cannot be committed. New runs are recorded in the workspace when the setting guidedRunbooks.record.location says so.');
export const gitTooSlow = (seconds: number): UserError => new UserError('git-too-slow', `Git, or a hook of this repository, did not end within ${String(seconds)} s and was stopped.`);
export const gitCancelled = (): UserError => new UserError('git-cancelled', 'Cancelled: git was stopped.');

// Writing runbooks

export const noFolder = (): UserError => new UserError('no-folder', 'A runbook lives in a folder, beside what it deploys. Open one first, then try again.');

// Recorded runs

export const noRuns = (): UserError => new UserError('no-runs', 'No runs have been recorded in this workspace.');
export const notARun = (): UserError => new UserError('not-a-run', 'That is not the folder of a run of this workspace. Nothing was done.');
export const runGoesOn = (): UserError => new UserError('run-goes-on', 'This run is going on, so its record is not deleted. End it first.');
export const runIsCommitted = (): UserError =>
  new UserError('run-is-committed', 'This record has been committed, or staged, so it is part of what others rely on and is not deleted here. Remove it with git if it has to go.');
export const committedUnknown = (): UserError => new UserError('committed-unknown', 'Git could not say whether this record has been committed, so it was not deleted.');
export const nothingToCompare = (): UserError => new UserError('nothing-to-compare', 'There is no other run to compare this one with.');
