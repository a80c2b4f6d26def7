/** A comment of HTML, with its marks; `at` is its offset. One that is not closed goes on to the end, as in a browser. */
export interface HtmlComment {
  readonly text: string;
  readonly at: number;
}

/** The comments of a piece of HTML, in its order. Each character is looked at once, whatever the piece holds. */
export function* htmlComments(html: string): Generator<HtmlComment> {
  for (let at = html.indexOf('<!--'); at >= 0; at = html.indexOf('<!--', at)) {
    const close = html.indexOf('-->', at);
    const end = close < 0 ? html.length : close + '-->'.length;
    yield { text: html.slice(at, end), at };
    at = end;
  }
}
