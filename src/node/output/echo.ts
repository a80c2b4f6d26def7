/** What the runner prints before a block runs: its heading, and the block indented. */
export function echoOf(heading: string, block: string): readonly string[] {
  return [heading.replaceAll('\n', ' '), ...block.replace(/\n$/, '').split('\n').map((line) => `  ${line}`)];
}

/** Plain text without the echo at its beginning; as it is when it begins with anything else. */
export function withoutEcho(text: string, echo: readonly string[]): string {
  return isAfterEcho(text, echo) ? text.split('\n').slice(echo.length).join('\n') : text;
}

/** Whether a plain text begins with the echo, so that the rest is output. */
export function isAfterEcho(text: string, echo: readonly string[]): boolean {
  const lines = text.split('\n', echo.length);
  return echo.every((line, index) => lines[index]?.trimEnd() === line.trimEnd());
}
