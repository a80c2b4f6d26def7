import { redactKeys } from './redactKeys.ts';

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/**
 * Each pattern begins with a fixed word and ends with a class that nothing
 * follows, or has bounds, so that the time grows with the length of the text
 * only. The first group, if there is one, stays.
 */
const PATTERNS: readonly RegExp[] = [
  // Headers: Authorization, Cookie.
  /(\bauthorization\\{0,3}["']?[ \t]{0,8}[:=][ \t]{0,8}\\{0,3}["']?(?:(?:basic|bearer|token|digest|negotiate|apikey|aws4-hmac-sha256)[ \t]{1,8})?)[^\s"',]+/gi,
  /(\bcookie\\{0,3}["']?[ \t]{0,8}:[ \t]{0,8}\\{0,3}["']?)[^\r\n"']+/gi,
  /(\bbearer[ \t]{1,8})[\w.~+/=-]{8,}/gi,
  // user:password@ in addresses.
  /(:\/\/[^\s/@:"']{0,128}:)[^\s/@"']{1,512}(?=@)/g,
  // password=…, "token": "…", API_KEY: …, --secret …
  /((?:passw(?:or)?d|passphrase|[_-]pass|(?<=[;"'])pwd|secret|token|credentials?|api[_-]?key|access[_-]?key|private[_-]?key|signature)[\w-]{0,40}\\{0,3}["']?[ \t]{0,8}[:=][ \t]{0,8})(?:\\{1,3}"[^"\n]*"?|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|[^\s"'&]+)/gi,
  /(--?(?:passw(?:or)?d|passphrase|secret|token|api-?key)[ \t]{1,8})(?:"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|[^\s"'-][^\s"']*)/gi,
  // Keys that are known by their form: AWS, GitHub, GitLab, Slack, Google, Stripe, npm, JWT.
  /(?<![A-Za-z0-9_])(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA)[A-Z0-9]{16,}/g,
  /(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|AIza[\w-]{30,}|[sr]k_(?:live|test)_\w{10,}|npm_[A-Za-z0-9]{30,})/g,
  /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g,
];

/**
 * Text of a command without what looks like a secret: headers, passwords and
 * tokens by their names, keys by their form, private keys. Best effort: what
 * does not look like one stays.
 */
export function redact(text: string): string {
  let clean = redactKeys(text, REDACTED);
  for (const pattern of PATTERNS) {
    pattern.lastIndex = 0;
    clean = clean.replace(pattern, (_, kept: unknown) => `${typeof kept === 'string' ? kept : ''}${REDACTED}`);
  }
  return clean;
}
