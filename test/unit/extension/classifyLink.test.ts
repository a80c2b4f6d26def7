import { describe, expect, it } from 'vitest';
import { classifyLink, headingAnchor } from '../../../src/extension/panel/classifyLink.ts';

describe('links', () => {
  it('open the web, files beside the document and places in it', () => {
    expect(classifyLink('https://example.com/a?b#c')).toEqual({ kind: 'web', url: 'https://example.com/a?b#c' });
    expect(classifyLink('HTTP://example.com')).toEqual({ kind: 'web', url: 'http://example.com/' });
    expect(classifyLink('other.md#part')).toEqual({ kind: 'file', path: 'other.md', place: 'part' });
    expect(classifyLink('../docs/a%20b.md')).toEqual({ kind: 'file', path: '../docs/a b.md', place: null });
    expect(classifyLink('#phase-1')).toEqual({ kind: 'anchor', name: 'phase-1' });
  });

  it.each([
    'command:workbench.action.terminal.new',
    'COMMAND:x',
    'vscode:extension/x',
    'vscode-insiders://x',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    ' javascript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript%3Aalert(1)//'.replace('%3A', ':'),
    'file:///etc/passwd',
    'data:text/html,x',
    'blob:x',
    '//evil.example/x',
    '\\\\evil\\x',
    '/etc/passwd',
    'a\\b',
    'a%2f..%2f..%2fb',
    'a%5cb',
    'a%00b',
    '%zz',
    '',
    '#',
  ])('refuse %j', (href) => {
    expect(classifyLink(href)).toBeNull();
  });

  it('find headings as Git hosts name them', () => {
    expect(headingAnchor('Phase 3: Staging (Days 7-10)')).toBe('phase-3-staging-days-7-10');
    expect(headingAnchor('Go/No-Go')).toBe('gono-go');
  });
});
