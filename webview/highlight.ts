import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import dos from 'highlight.js/lib/languages/dos';
import powershell from 'highlight.js/lib/languages/powershell';
import shell from 'highlight.js/lib/languages/shell';
import type { Scope } from './commandText.ts';

hljs.registerLanguage('bash', bash);
hljs.registerLanguage('shell', shell);
hljs.registerLanguage('powershell', powershell);
hljs.registerLanguage('dos', dos);

const LANGUAGES: Readonly<Record<string, string>> = {
  sh: 'bash',
  bash: 'bash',
  shell: 'bash',
  zsh: 'bash',
  fish: 'bash',
  console: 'bash',
  'shell-session': 'bash',
  powershell: 'powershell',
  pwsh: 'powershell',
  ps1: 'powershell',
  cmd: 'dos',
  bat: 'dos',
};

/** Longer commands stay plain: colour is not worth a pause. */
const LONGEST = 20_000;

/**
 * Finds what to colour. The colourer's markup is read for its class names and
 * lengths only; if its text is not letter for letter the command, nothing is
 * coloured.
 */
export function scopesOf(text: string, language: string): readonly Scope[] {
  const grammar = LANGUAGES[language];
  if (grammar === undefined || text.length > LONGEST) return [];
  const template = document.createElement('template');
  template.innerHTML = hljs.highlight(text, { language: grammar, ignoreIllegals: true }).value;
  const scopes: Scope[] = [];
  const length = collect(template.content, 0, null, scopes);
  if (length !== text.length || template.content.textContent !== text) return [];
  return grammar === 'bash' ? withCommands(text, scopes) : scopes;
}

/** Where a command's name stands: at the start of a line, after a pipe, a list operator or an opening bracket. */
const NAME = /(?:^|[|;&({]|\$\()[ \t]*(?:sudo[ \t]+)?([A-Za-z0-9_./~-]+)(?![A-Za-z0-9_./~=-])/gm;

/** Colours names of commands where they are run; the grammar colours some words wherever they stand. */
function withCommands(text: string, scopes: readonly Scope[]): readonly Scope[] {
  const kept = scopes.filter(({ scope }) => scope !== 'built');
  const taken = (start: number, end: number): boolean => kept.some((one) => one.start < end && start < one.end);
  const names: Scope[] = [];
  for (const match of text.matchAll(NAME)) {
    const end = match.index + match[0].length;
    const start = end - (match[1] ?? '').length;
    // The rest of a continued line is arguments.
    if (!taken(start, end) && !/\\\n[ \t]*$/.test(text.slice(0, start))) names.push({ start, end, scope: 'command' });
  }
  return [...kept, ...names].sort((a, b) => a.start - b.start);
}

function collect(node: Node, start: number, scope: string | null, scopes: Scope[]): number {
  let offset = start;
  for (const child of node.childNodes) {
    if (child instanceof Text) {
      const end = offset + child.data.length;
      if (scope !== null && end > offset) scopes.push({ start: offset, end, scope });
      offset = end;
    } else if (child instanceof HTMLElement) {
      offset = collect(child, offset, /hljs-([a-z]+)/.exec(child.className)?.[1] ?? scope, scopes);
    }
  }
  return offset;
}
