import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../src/core/report/html/html.ts';
import { jsonReport } from '../../../src/core/report/json.ts';
import { markdownReport } from '../../../src/core/report/markdown/markdown.ts';
import { hostileWords, withWords } from '../../fakes/hostileReport.ts';
import { reportedRuns } from '../../fakes/reportedRuns.ts';
import { shapeOf, wordsOf } from './htmlShape.ts';

/** As hosts of repositories read it: HTML is kept and addresses become links, with `www.` or a scheme. */
const reader = new MarkdownIt({ html: true, linkify: true });
reader.linkify.set({ fuzzyLink: false });

/** Gives the words one after the other, again and again. */
function inTurn(list: readonly string[]): () => string {
  let next = 0;
  return () => list[next++ % list.length] ?? '';
}

const readMarkdown = (markdown: string): string => reader.render(markdown);

describe.each(Object.entries(reportedRuns()))('hostile words in a %s run', (_, report) => {
  it('are only words in Markdown', () => {
    const harmless = shapeOf(readMarkdown(markdownReport(withWords(report, () => 'words.'))));
    fc.assert(
      fc.property(fc.array(hostileWords, { minLength: 1, maxLength: 5 }), (list) => {
        const markdown = markdownReport(withWords(report, inTurn(list)));
        expect(shapeOf(readMarkdown(markdown))).toEqual(harmless);
        // What a host makes of the words that are left: mentions, references.
        expect(wordsOf(readMarkdown(markdown).replace(/<(code)[^>]*>[^]*?<\/\1>/g, ''))).not.toMatch(/(?<!\w)@[\w-]|#\d|\bGH-\d/i);
      }),
      { numRuns: 300 },
    );
  });

  it('are only words in HTML', () => {
    const shape = (html: string): readonly string[] => shapeOf(html, (attribute) => ['class', 'http-equiv', 'content', 'role', 'lang', 'charset'].includes(attribute));
    const harmless = shape(htmlReport(withWords(report, () => 'words.')));
    fc.assert(
      fc.property(fc.array(hostileWords, { minLength: 1, maxLength: 5 }), (list) => {
        const html = htmlReport(withWords(report, inTurn(list)));
        expect(shape(html)).toEqual(harmless);
        // What could still be seen as something else: directions, widths, controls.
        expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/);
      }),
      { numRuns: 300 },
    );
  });

  it('come back from JSON as they were', () => {
    fc.assert(
      fc.property(fc.array(hostileWords, { minLength: 1, maxLength: 5 }), (list) => {
        const hostile = withWords(report, inTurn(list));
        expect(JSON.parse(jsonReport(hostile))).toEqual(hostile);
      }),
    );
  });
});

it('HTML has no script, no handler, no address and a policy that allows none', () => {
  const html = htmlReport(reportedRuns()['rolled-back']);
  expect(shapeOf(html).some((element) => /^\s*(?:script|link|img|iframe|object|embed|base|form|a)\b|\S (?:on\w+|src|href|style)\b/.test(element))).toBe(false);
  expect(shapeOf(html, (attribute) => attribute === 'content').join('\n')).toContain("content=default-src 'none'; style-src 'unsafe-inline'");
});

it('words can be read as they were written', () => {
  const report = reportedRuns().successful;
  for (const words of ['a_b*c `d` <e> & "f" [g](h) | ~i~ $j$ \\k', 'https://example.org/a?b=c&d=e www.example.org']) {
    expect(wordsOf(readMarkdown(markdownReport(withWords(report, () => words))))).toContain(words);
    expect(wordsOf(htmlReport(withWords(report, () => words)))).toContain(words);
  }
});
