import { canBeSecret, namesSecret } from '../../runbook/secretWords.ts';
import type { ShellCall, ShellWord } from './shellCall.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Options of one letter whose value, apart or attached, is a secret. */
const SHORT: readonly (readonly [program: RegExp, option: string, attached: boolean])[] = [
  [/^(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump)$/, '-p', true],
  [/^sshpass$/, '-p', true],
  [/^redis-cli$/, '-a', false],
  [/^(?:mongo|mongosh|mongodump|mongorestore)$/, '-p', false],
  [/^sqlcmd$/, '-P', false],
];
const LOGINS = /^(?:docker|podman|helm|oras|skopeo)$/;
/** `NAME=value`, by itself or behind `--option=`: variables of a container, values of a chart. */
const ASSIGNED = /^(?:--[\w-]+=)?([\w.-]+)=(.+)$/s;
/** `user:password` behind these of curl and wget. */
const USER_OPTION = /^(?:-u|--user|--proxy-user|-U)$/;
const HEADER_SECRET = /^(?:(?:Proxy-)?Authorization:\s*(?:Bearer|Basic|Token|ApiKey)\s+|(?:X-)?(?:Api-Key|Auth-Token|Vault-Token|Access-Token|Private-Token|[\w-]*-Token):\s*)(\S+)$/i;
const URL_SECRET = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/i;

/** The words of a call that hold a secret in clear. */
export function secretsOfCall({ name, args }: ShellCall): readonly Span[] {
  return args.flatMap((word, index) => {
    const next = args[index + 1];
    return [...ofLongOption(word, next), ...ofShortOption(name, args, word, next), ...ofUser(name, word, next), ...ofWord(word), ...ofAssignment(word)];
  });
}

function ofLongOption(word: ShellWord, next: ShellWord | undefined): readonly Span[] {
  const [, option, attached] = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word.literal ?? '') ?? [];
  // `--secret` names one in most programs.
  if (option === undefined || option.length < 3 || option === 'secret' || !namesSecret(option)) return [];
  if (attached !== undefined) return canBeSecret(attached) ? [word] : [];
  return isSecret(next) ? [next] : [];
}

function ofShortOption(name: string, args: readonly ShellWord[], word: ShellWord, next: ShellWord | undefined): readonly Span[] {
  const { literal } = word;
  if (literal === null) return [];
  if (LOGINS.test(name) && args.some((other) => other.literal === 'login') && literal === '-p') return isSecret(next) ? [next] : [];
  for (const [program, option, attached] of SHORT) {
    if (!program.test(name) || !literal.startsWith(option)) continue;
    if (literal === option) return !attached || name === 'sshpass' ? (isSecret(next) ? [next] : []) : [];
    if (attached && canBeSecret(literal.slice(option.length))) return [word];
  }
  return [];
}

function ofUser(name: string, word: ShellWord, next: ShellWord | undefined): readonly Span[] {
  if (name !== 'curl' || next === undefined || !USER_OPTION.test(word.literal ?? '')) return [];
  const [, password] = /^[^:\s]*:(\S+)$/.exec(next.literal ?? '') ?? [];
  return password !== undefined && canBeSecret(password) ? [next] : [];
}

function ofAssignment(word: ShellWord): readonly Span[] {
  const [, name, value] = ASSIGNED.exec(word.literal ?? '') ?? [];
  return name !== undefined && value !== undefined && namesSecret(name.slice(name.lastIndexOf('.') + 1)) && canBeSecret(value) ? [word] : [];
}

/** A header or an address with a secret in it. */
function ofWord(word: ShellWord): readonly Span[] {
  const secret = (HEADER_SECRET.exec(word.literal ?? '') ?? URL_SECRET.exec(word.literal ?? ''))?.[1];
  return secret !== undefined && canBeSecret(secret) ? [word] : [];
}

function isSecret(word: ShellWord | undefined): word is ShellWord {
  return word?.literal !== null && word !== undefined && !word.literal.startsWith('-') && canBeSecret(word.literal);
}
