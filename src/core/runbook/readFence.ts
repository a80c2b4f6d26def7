import { valueOrName } from './about.ts';
import type { Attributes } from './attributes.ts';
import { commandOptions, makeCommand } from './command.ts';
import { withDocumentFolder } from './documentFolder.ts';
import { escapeMarkdown } from './inlineText.ts';
import { valueOf } from './fenceKind.ts';
import { firstComment, isShell, parseFenceInfo, readCommands } from './fences.ts';
import { readInterpreter } from './interpreter.ts';
import { readFilePath } from './filePath.ts';
import { levelWords, splitByLevel, type LevelPlace } from './levels.ts';
import { claimOf, holdsOnlyComments, withoutBlock } from './onlyComments.ts';
import { isOutputOfCommand, withOutputFence } from './outputFence.ts';
import type { Command } from './model.ts';
import { requiredIds, type Reading, type StepDraft } from './reading.ts';
import { looksLikeAlerts, parseAlerts } from './triggers.ts';
import { endLineOf, isCommandFence, lineOf, type Node } from './tree.ts';
import { parseRequest } from '../checks/httpRequest.ts';
import { markBackground, misplacedBackground } from './background.ts';
import { undoneIds } from './undo.ts';
import { REQUEST_LANGUAGE, VERIFICATION } from './vocabulary.ts';
import { addTokens, type Place } from './place.ts';

/** Reads a fence: commands of a step or of a rollback level, alert rules, or content. */
export function readFence(reading: Reading, node: Node, place: Place): void {
  const line = lineOf(node);
  // It was read with the command above it, and is shown there.
  if (isOutputOfCommand(reading, node)) {
    // Words such as "Results:" above it are no title of what comes next.
    reading.label = null;
    return;
  }
  if (!isCommandFence(node.token)) {
    const { language, annotation } = parseFenceInfo(node.token.info);
    reportUnusable(reading, annotation, line);
    if (/^ya?ml$/.test(language) && looksLikeAlerts(node.token.content)) {
      const { triggers, error } = parseAlerts(node.token.content, line + 1);
      reading.triggers.push(...triggers);
      if (error !== null) reading.report('warning', 'yaml-syntax', `These alert rules are not valid YAML and are not used: ${error.message}`, error.line);
    }
    if (isShell(language) && node.token.content.trim() === '') reading.report('info', 'empty-fence', 'This command block is empty, so there is nothing to run.', line);
    addTokens(reading, reading.tokens.slice(node.start, node.end), line, endLineOf(node), place);
    return;
  }
  const info = parseFenceInfo(node.token.info);
  const attributes = reading.annotation(info.annotation, line, 'fence');
  const { options: own, diagnostics } = commandOptions(attributes, line, info.language);
  const options = info.language === REQUEST_LANGUAGE ? own : withDocumentFolder(own, reading.documentCwd, attributes.fromDocument === true);
  reading.diagnostics.push(...diagnostics);
  const { commands, output } = readCommands(info.language, node.token.content);
  const command = withOutputFence(reading, node, makeCommand(info.language, commands, line, options, output));
  reportOddities(reading, command);
  if (info.language === REQUEST_LANGUAGE && command.placeholders.length === 0) {
    const request = parseRequest(command.text);
    if (typeof request === 'string') reading.report('error', 'bad-request', request, line + 1);
  }
  if (command.options.file !== undefined && (attributes.values.has('undo') || attributes.values.has('level') || (reading.open?.inRollback ?? false))) {
    reading.report('error', 'file-in-rollback', '"file" does nothing in a rollback or an undo block: a file is only written after its difference was confirmed. Write the file with a command there.', line, 'file');
    addTokens(reading, reading.tokens.slice(node.start, node.end), line, endLineOf(node), place);
    return;
  }
  const claim = holdsOnlyComments(command) ? claimOf(attributes) : null;
  if (claim !== null) {
    reading.report('error', 'only-comments', `This block says "${claim}" and holds only comments: it would succeed and do nothing. It is not run and does not count.${withoutBlock(claim, attributes, place.owner !== null)} Write its commands.`, line, claim);
    addTokens(reading, reading.tokens.slice(node.start, node.end), line, endLineOf(node), place);
    return;
  }
  if (attributes.values.has('undo')) {
    misplacedBackground(reading, attributes, line);
    reading.undos.push({ names: undoneIds(attributes), command });
    addTokens(reading, reading.tokens.slice(node.start, node.end), line, endLineOf(node), place);
    return;
  }
  const level = reading.levelAttribute(attributes, line);
  const inRollback = reading.open?.inRollback ?? false;
  if (!inRollback && level === null) reportAstray(reading, attributes, line);
  if (place.owner !== null) {
    place.owner.commands.push(command);
    if (options.confirm !== false) place.owner.confirm = options.confirm;
    place.owner.requires.push(...requiredIds(attributes));
    place.owner.irreversible ??= reading.irreversible(attributes, line);
    const soak = reading.soakOf(attributes, place.owner.aside, line);
    if (soak !== null) place.owner.soak ??= soak;
    if (attributes.values.has('parallel')) reading.parallel.steps.set(place.owner, line);
    if (inRollback) addToLevel(reading, command, level, attributes, place.owner, false);
    markCheck(reading, place.owner, attributes, line);
    markBackground(reading, place.owner, attributes, line);
  } else if (inRollback || level !== null) {
    misplacedBackground(reading, attributes, line);
    addToLevel(reading, command, level, attributes, null, true);
  } else {
    const step = addBareStep(reading, node, command, attributes, place);
    markCheck(reading, step, attributes, line);
    markBackground(reading, step, attributes, line);
  }
}

/** A fence that was meant to run, and that nothing can run. */
function reportUnusable(reading: Reading, annotation: string | null, line: number): void {
  if (annotation === null) return;
  const file = valueOf(annotation, 'file');
  const interpreter = valueOf(annotation, 'interpreter');
  const problem = file !== undefined ? readFilePath(file) : interpreter === undefined ? null : readInterpreter(interpreter);
  if (typeof problem === 'string') reading.report('error', 'bad-value', problem, line, file === undefined ? valueOrName('interpreter', interpreter) : valueOrName('file', file));
}

/** What only says something of a rollback level, on a block that is in none. */
function reportAstray(reading: Reading, { values }: Attributes, line: number): void {
  if (values.has('verify')) reading.report('warning', 'misplaced-attribute', '"verify" does nothing here: it marks what is looked at after a rollback level, in its section. A check on the way forward says "check".', line, 'verify');
  if (values.has('budget')) reading.report('warning', 'misplaced-attribute', '"budget" does nothing on this block: it belongs on a heading, or on a rollback level. How long a block may take is "timeout".', line, 'budget');
}

/** A step is a check when its only command is one. */
function markCheck(reading: Reading, step: StepDraft, attributes: Attributes, line: number): void {
  const isCheck = attributes.values.has('check') && step.commands.every(({ options }) => options.file === undefined);
  if (isCheck && step.commands.length > 1) reading.report('warning', 'check-of-several', '"check" does nothing here: the item has several commands. Give the check an item of its own.', line, 'check');
  step.check = isCheck && step.commands.length === 1;
}

function reportOddities(reading: Reading, command: Command): void {
  const hidden = command.hidden[0];
  if (hidden !== undefined) {
    const line = command.line + 1 + (command.text.slice(0, hidden.offset).match(/\n/g)?.length ?? 0);
    reading.report('warning', 'hidden-characters', `This command holds ${command.hidden.length === 1 ? 'a character' : 'characters'} that cannot be seen or that can mislead: ${hidden.codePoint} (${hidden.name}). Replace or remove it; running it asks for an extra confirmation.`, line, String.fromCodePoint(command.text.codePointAt(hidden.offset) ?? 0));
  }
}

/** A fence under a heading or paragraph is a step, titled by the nearest label above it. */
function addBareStep(reading: Reading, node: Node, command: Command, attributes: Attributes, place: Place): StepDraft {
  const comment = firstComment(command.language, command.text);
  const title = reading.label?.text ?? comment ?? reading.open?.section.title ?? firstLine(command.text);
  const step = reading.addStep({
    kind: 'command',
    title,
    titleMarkdown: reading.label?.markdown ?? escapeMarkdown(title),
    line: command.line,
    endLine: endLineOf(node),
    parent: place.parent,
    attributes,
  });
  step.commands.push(command);
  if (command.options.confirm !== false) step.confirm = command.options.confirm;
  return step;
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '')?.trim() ?? '';
}

/** Commands in a rollback section: the level's, or a check of it. */
function addToLevel(reading: Reading, command: Command, level: number | null, attributes: Attributes, owner: StepDraft | null, show: boolean): void {
  const section = reading.levelSection();
  const title = reading.open?.section.title ?? '';
  // What changes nothing takes nothing back, so it is no command of the level itself.
  const isCheck = attributes.values.has('verify') || attributes.values.has('check') || (reading.open !== reading.rollbackRoot() && VERIFICATION.test(title) && levelWords(title).level === null && level === null);
  if (isCheck) {
    const step = owner ?? addVerifyStep(reading, command, attributes);
    step.verifies = true;
    if (owner === null) markCheck(reading, step, attributes, command.line);
    // A check belongs to its level wherever it stands, and not to the way forward.
    step.aside = true;
    const ownsIt = section !== null && section !== reading.open ? section : (section !== null && (attributes.values.has('verify') || attributes.values.has('check')) ? section : null);
    const known = ownsIt === null || ownsIt === reading.rollbackRoot() ? null : reading.placeOf(ownsIt);
    (known?.verify ?? reading.sharedVerify).push({ command, stepId: step.id });
    return;
  }
  const parts = level === null ? splitByLevel(command) : null;
  if (parts !== null) {
    for (const part of parts) {
      const words = levelWords(part.words);
      const place: LevelPlace = { level: words.level, title: words.title, budgetSeconds: words.seconds, budgetWords: words.words, line: part.command.line, sectionId: reading.open?.section.id ?? null, commands: [part.command], verify: [], notes: [] };
      reading.places.push(place);
      if (show) reading.blocks.push({ kind: 'level', level: words.level ?? 0, command: part.command, line: part.command.line });
    }
    return;
  }
  const place = level !== null || section === null ? placeByAttribute(reading, level ?? 1, command, attributes) : reading.placeOf(section);
  place.commands.push(command);
  if (show) reading.blocks.push({ kind: 'level', level: place.level ?? 0, command, line: command.line });
}

/** A fence with `level=1`, wherever it stands. */
function placeByAttribute(reading: Reading, level: number, command: Command, attributes: Attributes): LevelPlace {
  const section = reading.levelSection();
  const known = section === null ? undefined : reading.places.find((place) => place.sectionId === section.section.id && (place.level === level || (place.level === null && place.commands.length === 0)));
  if (known !== undefined) return known;
  const title = attributes.values.get('title');
  const words = levelWords(reading.label?.text ?? reading.open?.section.title ?? `Level ${level}`);
  const budget = reading.budgetAttribute(attributes, command.line);
  const place: LevelPlace = { level, title: typeof title === 'string' ? title : words.title, budgetSeconds: budget?.seconds ?? words.seconds, budgetWords: budget?.words ?? words.words, line: command.line, sectionId: reading.open?.section.id ?? null, commands: [], verify: [], notes: [] };
  reading.places.push(place);
  return place;
}

function addVerifyStep(reading: Reading, command: Command, attributes: Attributes): StepDraft {
  const title = reading.label?.text ?? firstComment(command.language, command.text) ?? `Verify: ${reading.open?.section.title ?? 'rollback'}`;
  const step = reading.addStep({ kind: 'command', title, titleMarkdown: escapeMarkdown(title), line: command.line, endLine: command.line, parent: null, attributes });
  step.commands.push(command);
  return step;
}
