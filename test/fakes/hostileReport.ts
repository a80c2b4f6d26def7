import fc from 'fast-check';
import type { RunReport } from '../../src/core/report/report.ts';

/** Words that try to be more than words, in Markdown, HTML, a shell's output or an editor. */
const HOSTILE: readonly string[] = [
  '</code></details></summary><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><style>*{color:red}</style>',
  '--><!-- <b>',
  ']]><?php ?>',
  '"><a href="javascript:alert(1)">x</a>',
  "' onmouseover='alert(1)",
  '&lt;script&gt; &amp;#60; &#x3c;b&#x3e;',
  '```\n</details>\n\n# heading\n\n````\n- [x] done',
  '~~~\n\n***\n\n---\n===\n',
  '`` ` `code` \\` \\',
  '[link](https://evil.example) ![image](https://evil.example/x.png) [ref]: https://evil.example',
  '<https://evil.example> https://evil.example www.evil.example mailto:a@evil.example a@evil.example ftp://evil.example',
  '| a | b |\n|---|---|\n| c | d |',
  '*bold* _it_ ~~gone~~ **x** __y__ $x^2$ [^1] :smile:',
  '@everyone @org/team #12 GH-12 org/repo#12 3f2a1c9d',
  '\n\n\n    code\n\n> quote\n\n1. list\n',
  'a\rb\r\nc\u2028d\u2029e\u0085f\u000bg',
  '\u202egnp.exe\u2066x\u200b\ufeff',
  '\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007\u001b[31m\u0000',
  '\ud800 \udfff lone',
];

export const hostileWords = fc
  .oneof(fc.constantFrom(...HOSTILE), fc.tuple(fc.constantFrom(...HOSTILE), fc.constantFrom(...HOSTILE)).map(([a, b]) => a + b), fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'`|<>[]()*_~\\\n\r\t #-&!@:/"\'x1') }))
  .map((words) => `${words}.`);

/** Everything in a report that a document or a record words freely. */
const FREE: ReadonlySet<string> = new Set(['title', 'file', 'runId', 'name', 'email', 'value', 'note', 'reason', 'outcomeReason', 'text', 'outputTail', 'words', 'anchorWords', 'branch', 'commit', 'shell', 'language', 'label', 'startedAt', 'endedAt', 'at', 'id', 'stepId', 'step', 'executionId']);

/** The report with other words, where there are any; its shape stays. */
export function withWords(report: RunReport, words: () => string): RunReport {
  return mapped(report, words) as RunReport;
}

function mapped(value: unknown, words: () => string): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, typeof part === 'string' && part !== '' && FREE.has(key) ? words() : mapped(part, words)]));
}
