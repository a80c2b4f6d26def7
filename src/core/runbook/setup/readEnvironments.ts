import type { Node } from 'yaml';
import { ENVIRONMENT_KEYS } from '../frontMatterTable.ts';
import { MOST_OF_EACH, type Environment, type NamedValue } from './model.ts';
import { reportUnknownKeys } from './unknownKey.ts';
import { problemWithName } from './variableName.ts';
import type { Entry, YamlReading } from './yamlReading.ts';

/** A name that can be shown in a list, a banner and a status bar without lying. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._()/-]{0,49}$/u;
/** A word that can be typed: no spaces at its ends, nothing that is not seen. */
const WORD = /^[^\s\p{C}](?:[^\p{C}]{0,48}[^\s\p{C}])?$/u;
const LONGEST_VALUE = 4_096;

/** Reads `environments:`; what is wrong with it is reported. */
export function readEnvironments(yaml: YamlReading, node: Node | null, line: number): readonly Environment[] {
  const entries = yaml.entries(node);
  if (entries === null || entries.length === 0) {
    yaml.error('"environments" has to hold names with their settings, for example "staging: { branch: main }".', line, 'environments');
    return [];
  }
  if (entries.length > MOST_OF_EACH) yaml.error(`"environments" has more than ${String(MOST_OF_EACH)} entries; the rest is not read.`, line, 'environments');
  return entries.slice(0, MOST_OF_EACH).flatMap((entry) => {
    if (NAME.test(entry.key)) return [readEnvironment(yaml, entry)];
    yaml.error(`"${entry.key}" cannot be the name of an environment. Use up to 50 letters, digits, spaces and . _ - / ( ).`, entry.line, entry.key);
    return [];
  });
}

function readEnvironment(yaml: YamlReading, { key: name, value: node, line }: Entry): Environment {
  const of = `The environment ${name}`;
  const bare: Environment = { name, branch: null, clean: false, confirm: null, variables: [], line };
  if (yaml.isEmpty(node)) return bare;
  const entries = yaml.entries(node);
  if (entries === null) {
    yaml.error(`${of} has to hold settings, for example "{ branch: main, clean: true }".`, line, name);
    return bare;
  }
  reportUnknownKeys(yaml, entries, ENVIRONMENT_KEYS, of);
  const at = (key: string): Entry | undefined => entries.find((entry) => entry.key === key);
  const branch = at('branch');
  const clean = at('clean');
  const confirm = at('confirm');
  const env = at('env');
  return {
    ...bare,
    branch: branch === undefined ? null : branchOf(yaml, branch, of),
    clean: clean === undefined ? false : cleanOf(yaml, clean, of),
    confirm: confirm === undefined ? null : wordOf(yaml, confirm, name, of),
    variables: env === undefined ? [] : variablesOf(yaml, env, of),
  };
}

function branchOf(yaml: YamlReading, { value, line }: Entry, of: string): string | null {
  const branch = yaml.text(value)?.trim() ?? '';
  if (branch !== '' && branch.length <= 250 && !/[\s\p{C}]/u.test(branch)) return branch;
  yaml.error(`${of}: "branch" has to be the name of one branch.`, line, 'branch');
  return null;
}

function cleanOf(yaml: YamlReading, { value, line }: Entry, of: string): boolean {
  const clean = yaml.flag(value);
  if (clean === null) yaml.error(`${of}: "clean" has to be true or false.`, line, 'clean');
  return clean ?? true;
}

/** `true` asks for the environment's own name. */
function wordOf(yaml: YamlReading, { value, line }: Entry, name: string, of: string): string | null {
  const flag = yaml.flag(value);
  if (flag !== null) return flag ? name : null;
  const word = yaml.text(value);
  if (word !== null && WORD.test(word)) return word;
  yaml.error(`${of}: "confirm" has to be the word that is typed (up to 50 characters), or true for its name.`, line, 'confirm');
  return name;
}

function variablesOf(yaml: YamlReading, { value, line }: Entry, of: string): readonly NamedValue[] {
  if (yaml.isEmpty(value)) return [];
  const entries = yaml.entries(value);
  if (entries === null) {
    yaml.error(`${of}: "env" has to hold variables, for example { URL: "http://127.0.0.1" }.`, line, 'env');
    return [];
  }
  return entries.flatMap((entry) => {
    const problem = problemWithName(entry.key);
    const text = yaml.text(entry.value);
    if (problem !== null) yaml.error(`${of}: "${entry.key}" ${problem}`, entry.line, entry.key);
    else if (text === null) yaml.error(`${of}: ${entry.key} needs a single value; write "" for an empty one.`, entry.line, entry.key);
    else if (text.length > LONGEST_VALUE || /[\0\r]/.test(text)) yaml.error(`${of}: the value of ${entry.key} is longer than ${String(LONGEST_VALUE)} characters, or holds characters that no variable can.`, entry.line, entry.key);
    else return [{ name: entry.key, value: text }];
    return [];
  });
}
