import type { ShellWord } from './shellCall.ts';

interface Starter {
  /** Short options that take the next word. */
  readonly takes?: RegExp;
  /** Words between the options and the program. */
  readonly skips?: number;
  /** `NAME=value` may stand before the program. */
  readonly assigns?: true;
  /** The program stands behind `--`. */
  readonly behindDashes?: true;
  /** What has to come first: `docker exec`. */
  readonly first?: string;
}

/** Programs that start another one, with the words between. */
const STARTERS: ReadonlyMap<string, Starter> = new Map<string, Starter>([
  ['sudo', { takes: /^-[a-zA-Z]*[ugphCrtUTDR]$/, assigns: true }],
  ['doas', { takes: /^-[a-zA-Z]*[uC]$/ }],
  ['env', { takes: /^-[uCS]$/, assigns: true }],
  ['nohup', {}],
  ['exec', {}],
  ['command', {}],
  ['time', {}],
  ['nice', { takes: /^-n$/ }],
  ['ionice', { takes: /^-[cn]$/ }],
  ['timeout', { takes: /^-[sk]$/, skips: 1 }],
  ['xargs', { takes: /^-[InPLdsaE]$/ }],
  ['kubectl', { first: 'exec', behindDashes: true }],
  ['oc', { first: 'exec', behindDashes: true }],
  ['docker', { first: 'exec', takes: /^(?:-[euw]|--(?:env|user|workdir|env-file))$/, skips: 1 }],
  ['podman', { first: 'exec', takes: /^(?:-[euw]|--(?:env|user|workdir|env-file))$/, skips: 1 }],
]);

export interface Started {
  readonly name: string;
  readonly args: readonly ShellWord[];
  readonly through: readonly string[];
}

/** The program that really runs, behind `sudo`, `env` and the like. */
export function startedThrough(name: string, args: readonly ShellWord[]): Started {
  const through: string[] = [];
  let called = name;
  let rest = args;
  for (;;) {
    const starter = STARTERS.get(called);
    const at = starter === undefined ? null : programAt(starter, rest);
    const program = at === null ? undefined : rest[at];
    if (at === null || program === undefined || program.literal === null) return { name: called, args: rest, through };
    through.push(called);
    called = bareName(program.literal);
    rest = rest.slice(at + 1);
  }
}

/** A program's name without its folder. */
export function bareName(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}

/** Which of the words is the program, or null when none is. */
function programAt({ takes, skips = 0, assigns, behindDashes, first }: Starter, args: readonly ShellWord[]): number | null {
  if (first !== undefined && args[0]?.literal !== first) return null;
  if (behindDashes === true) {
    const dashes = args.findIndex(({ literal }) => literal === '--');
    return dashes < 0 ? null : dashes + 1;
  }
  let at = first === undefined ? 0 : 1;
  for (let word = args[at]; word !== undefined; word = args[at]) {
    const { literal, source } = word;
    if (literal === '--') {
      at += 1;
      break;
    }
    if (source.startsWith('-') && source !== '-') at += literal !== null && takes?.test(literal) === true ? 2 : 1;
    else if (assigns === true && /^\w+=/.test(source)) at += 1;
    else break;
  }
  return at + skips;
}
