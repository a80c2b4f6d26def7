/** A request exactly as it is sent. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** In order, as they are written. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const FIRST = /^(?:([A-Za-z]+)[ \t]+)?(\S+)(?:[ \t]+HTTP\/\d(?:\.\d)?)?[ \t]*$/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/;
const WEB = /^https?:\/\/([^\s/?#@]+)(?:[/?#]\S*)?$/i;

/**
 * Reads a request: `GET http://host/path`, header lines, an empty line, the
 * body. A line alone is a URL to GET; lines before it that begin with `#` are
 * comments. Returns what is wrong with it, as a sentence, when it is none.
 */
export function parseRequest(text: string): HttpRequest | string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  while (lines.length > 0 && /^\s*(?:#.*)?$/.test(lines[0] ?? '')) lines.shift();
  const first = FIRST.exec(lines.shift() ?? '');
  const method = (first?.[1] ?? 'GET').toUpperCase();
  const url = first?.[2] ?? '';
  if (first === null || !METHODS.has(method)) return 'The first line of a request has to be a method and an address, such as GET http://127.0.0.1:8080/health.';
  if (!WEB.test(url)) return 'The address of a request has to begin with http:// or https:// and must not hold a user name.';
  const end = lines.findIndex((line) => line.trim() === '');
  const head = end === -1 ? lines : lines.slice(0, end);
  const headers: (readonly [string, string])[] = [];
  for (const line of head) {
    const header = HEADER.exec(line);
    if (header === null) return `“${line.slice(0, 60)}” is no header: write Name: value, and an empty line before the body.`;
    headers.push([header[1] ?? '', header[2] ?? '']);
  }
  const body = end === -1 ? '' : lines.slice(end + 1).join('\n').replace(/\n$/, '');
  if (body !== '' && (method === 'GET' || method === 'HEAD')) return `A ${method} request has no body.`;
  return { method, url, headers, body: body === '' ? null : body };
}
