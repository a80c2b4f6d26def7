import type { ShellRule } from '../finding.ts';

const RUNS = /^(?:iex|invoke-expression)$/;
const FETCHES = /\b(?:iwr|irm|curl|wget|invoke-webrequest|invoke-restmethod|downloadstring)\b/i;

/** A download that goes straight into PowerShell. */
export const invokeDownload: ShellRule = ({ grammar, calls, text }) => {
  if (grammar !== 'powershell') return [];
  return calls.flatMap((call) => {
    if (!RUNS.test(call.name)) return [];
    const pipe = call.parents.findLast(({ type }) => type === 'pipeline') ?? call.node;
    const start = FETCHES.test(text.slice(pipe.start, call.start)) ? pipe.start : FETCHES.test(text.slice(call.start, call.end)) ? call.start : null;
    if (start === null) return [];
    return [{ severity: 'warning' as const, code: 'pipe-to-shell', message: 'What a server sends is run here unread: whoever controls the server, or the way to it, decides what it does. Save it to a file (-OutFile), compare its hash (Get-FileHash), then run the file.', start, end: call.end }];
  });
};
