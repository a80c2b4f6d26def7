import type { Node } from 'yaml';
import { INPUT_KEYS } from '../frontMatterTable.ts';
import { problemWithValue } from './inputValue.ts';
import { MOST_OF_EACH, type InputDefinition } from './model.ts';
import { compilePattern } from './pattern.ts';
import { reportUnknownKeys } from './unknownKey.ts';
import { problemWithName } from './variableName.ts';
import type { Entry, YamlReading } from './yamlReading.ts';

/** Reads `inputs:`; what is wrong with it is reported. */
export function readInputs(yaml: YamlReading, node: Node | null, line: number): readonly InputDefinition[] {
  const entries = yaml.entries(node);
  if (entries === null || entries.length === 0) {
    yaml.error('"inputs" has to hold names with their settings, for example "VERSION: { description: Release to deploy }".', line, 'inputs');
    return [];
  }
  if (entries.length > MOST_OF_EACH) yaml.error(`"inputs" has more than ${String(MOST_OF_EACH)} entries; the rest is not read.`, line, 'inputs');
  return entries.slice(0, MOST_OF_EACH).flatMap((entry) => {
    const problem = problemWithName(entry.key);
    if (problem === null) return [readInput(yaml, entry)];
    yaml.error(`The input "${entry.key}" ${problem}`, entry.line, entry.key);
    return [];
  });
}

function readInput(yaml: YamlReading, { key: name, value: node, line }: Entry): InputDefinition {
  const of = `The input ${name}`;
  const bare: InputDefinition = { name, description: null, pattern: null, choices: null, default: null, required: true, secret: false, line };
  if (yaml.isEmpty(node)) return bare;
  const entries = yaml.entries(node);
  if (entries === null) {
    yaml.error(`${of} has to hold settings, for example "{ description: Release to deploy }".`, line, name);
    return bare;
  }
  reportUnknownKeys(yaml, entries, INPUT_KEYS, of);
  const text = (key: string): string | null => textOf(yaml, entries, key, of);
  const flag = (key: string, otherwise: boolean): boolean => flagOf(yaml, entries, key, of, otherwise);
  const input: InputDefinition = {
    ...bare,
    description: text('description')?.trim() ?? null,
    pattern: text('pattern'),
    choices: choicesOf(yaml, entries, of),
    default: text('default'),
    required: flag('required', true),
    // Whoever writes anything but false there means a secret.
    secret: flag('secret', entries.some(({ key }) => key === 'secret')),
  };
  check(yaml, input, entries, of);
  return input;
}

/** What does not fit together. */
function check(yaml: YamlReading, input: InputDefinition, entries: readonly Entry[], of: string): void {
  const at = (key: string): number => entries.find((entry) => entry.key === key)?.line ?? input.line;
  if (input.pattern !== null) {
    const compiled = compilePattern(input.pattern);
    if (typeof compiled === 'string') return yaml.error(`${of}: "pattern" ${compiled}`, at('pattern'), 'pattern');
  }
  if (input.secret && input.default !== null) yaml.error(`${of}: a secret has no "default"; it would stand in the document for all to read.`, at('default'), 'default');
  if (input.secret && input.choices !== null) yaml.error(`${of}: a secret has no "choices"; they would stand in the document for all to read.`, at('choices'), 'choices');
  for (const choice of input.choices ?? []) {
    const problem = problemWithValue(choice, { ...input, choices: null });
    if (problem !== null) yaml.error(`${of}: the choice "${choice}" ${problem}`, at('choices'), choice);
  }
  if (input.default === null || input.secret) return;
  const problem = problemWithValue(input.default, input);
  if (problem !== null) yaml.error(`${of}: its "default" ${problem}`, at('default'), 'default');
}

function textOf(yaml: YamlReading, entries: readonly Entry[], key: string, of: string): string | null {
  const entry = entries.find((each) => each.key === key);
  if (entry === undefined || yaml.isEmpty(entry.value)) return null;
  const text = yaml.text(entry.value);
  if (text === null) yaml.error(`${of}: "${key}" has to be a text.`, entry.line, key);
  return text;
}

function flagOf(yaml: YamlReading, entries: readonly Entry[], key: string, of: string, otherwise: boolean): boolean {
  const entry = entries.find((each) => each.key === key);
  const flag = entry === undefined ? otherwise : yaml.flag(entry.value);
  if (flag === null && entry !== undefined) yaml.error(`${of}: "${key}" has to be true or false.`, entry.line, key);
  return flag ?? otherwise;
}

function choicesOf(yaml: YamlReading, entries: readonly Entry[], of: string): readonly string[] | null {
  const entry = entries.find(({ key }) => key === 'choices');
  if (entry === undefined) return null;
  const texts = yaml.items(entry.value)?.map((item) => yaml.text(item)) ?? [];
  const choices = [...new Set(texts.filter((text) => text !== null && text !== ''))] as string[];
  if (choices.length > 0 && choices.length === texts.length) return choices;
  yaml.error(`${of}: "choices" has to be a list of different values, for example [small, large].`, entry.line, 'choices');
  return null;
}
