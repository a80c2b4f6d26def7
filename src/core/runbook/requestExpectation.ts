import { valueOrName } from './about.ts';
import type { Attributes } from './attributes.ts';
import type { Expectation, OutputExpectation } from './expectation.ts';

/** Success is an answer with status 200. */
const STATUS_OK: OutputExpectation = { kind: 'status', codes: [200] };

/** Reads `expect=200`, `contains="…"` and `header="Name: text"` of an `http` fence. A bad value is reported and left out. */
export function readRequestExpectation({ values }: Attributes, report: (message: string, subject?: string) => void): Expectation {
  const expect = values.get('expect');
  const codes = typeof expect === 'string' && /^[1-5]\d\d(?:,[1-5]\d\d)*$/.test(expect) ? expect.split(',').map(Number) : null;
  if (expect !== undefined && codes === null) report('"expect" of a request has to list status codes, such as expect=200 or expect=200,204. Use contains="…" for its body.', valueOrName('expect', expect));
  const output: OutputExpectation[] = [codes === null ? STATUS_OK : { kind: 'status', codes }];
  const contains = values.get('contains');
  if (typeof contains === 'string' && contains !== '') output.push({ kind: 'contains', text: contains });
  else if (contains !== undefined) report('"contains" has to be a text that stands in the body, such as contains="ok".', 'contains');
  const header = values.get('header');
  const parts = typeof header === 'string' ? /^([\w!#$%&'*+.^`|~-]+)\s*(?::\s*(.*))?$/.exec(header) : null;
  if (parts !== null) output.push({ kind: 'header', name: parts[1] ?? '', text: parts[2] ?? '' });
  else if (header !== undefined) report('"header" has to be a name and a text that its value contains, such as header="Content-Type: json".', valueOrName('header', header));
  if (values.has('exit')) report('A request has no exit code: "exit" does nothing here. Use expect=200.', 'exit');
  return { exit: [], output };
}
