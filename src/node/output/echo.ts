/** What the runner prints before a block runs: its heading, and the block indented. */
export function echoOf(heading: string, block: string): readonly string[] {
  return [heading.replaceAll('\n', ' '), ...block.replace(/\n$/, '').split('\n').map((line) => `  ${line}`)];
}

/** Plain text without the echo at its beginning; as it is when it begins with anything else. */
export function withoutEcho(text: string, echo: readonly string[]): string {
  const lines = text.split('\n');
  return echo.every((line, index) => lines[index]?.trimEnd() === line.trimEnd()) ? lines.slice(echo.length).join('\n') : text;
}
