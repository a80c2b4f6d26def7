/** Names of variables, and of options, whose value is a secret. */
const SECRET_NAME = /(?:^|[_-])(?:(?:pg)?password|passwd|passphrase|pass|pwd|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|auth[_-]?key)$/i;
const CAMEL_NAME = /(?:Password|Passphrase|Secret|Token|ApiKey|AccessKey|SecretKey)$/;
/** `PWD` is where a shell is. */
const OTHER_NAME = /^(?:old)?pwd$/i;

/** Values that stand for one, or say where it is. */
const NO_SECRET = /^(?:|\W+|x+|y+|null|none|nil|true|false|yes|no|on|off|auto|prompt|stdin|env|file|\d{1,3}|(?:your|my|the|some|a|an)[-_ ].*|.*(?:example|changeme|change[-_]?me|placeholder|redacted|dummy|replace|todo|\.\.\.|\u2026|\*\*\*|xxx).*|(?:pass(?:word|wd|phrase)?|secret|token|api[-_]?key|key|value|test|demo|postgres|root|guest)(?:here)?)$/i;
const REFERENCE = /^(?:[./~@]|[a-z]:\\|(?:file|vault|op|arn|ssm|secretsmanager|env|gcp|azure|keyring|sops|https?):|%\w+%$)/i;

/** Keys whose shape says what they are. */
export const KEY_SHAPES = /\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|sk_live_\w{16,}|AIza[\w-]{35}|npm_[A-Za-z0-9]{36})\b/g;

/** Whether the value of a variable or option of this name is a secret. */
export function namesSecret(name: string): boolean {
  return (SECRET_NAME.test(name) || CAMEL_NAME.test(name)) && !OTHER_NAME.test(name);
}

/** Whether a literal value can be a secret, and does not merely stand for one. */
export function canBeSecret(value: string): boolean {
  return value.length >= 4 && !/\s/.test(value) && !NO_SECRET.test(value) && !REFERENCE.test(value) && !/[<>{}[\]$]/.test(value);
}
