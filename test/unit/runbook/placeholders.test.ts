import { describe, expect, it } from 'vitest';
import { findPlaceholders } from '../../../src/core/runbook/findPlaceholders.ts';
import { findHiddenCharacters } from '../../../src/core/runbook/hiddenCharacters.ts';

describe('placeholders', () => {
  it.each([
    ['git clone https://x/[repo]/y.git', ['repo']],
    ['deploy <version> to {environment}', ['version', 'environment']],
    ['curl "http://{{ host }}/[path]"', ['host', 'path']],
    ['cp <src>/a b', ['src']],
  ])('%s', (text, names) => {
    const found = findPlaceholders(text);
    expect(found.map((one) => one.name)).toEqual(names);
    for (const { start, end } of found) expect(text.slice(start, end)).toMatch(/^[[<{].*[\]>}]$/);
  });

  it.each([
    '[ -f x ] && [ "$a" = b ]', '[[ $a == b ]]', 'echo ${VAR} $((1+2))', 'sort <file >out', 'cp {a,b} {1..3} x', 'ls [abc]* [a-z][0-9]',
    'cat <<EOF', 'diff <(a) <(b)', 'echo ${list[index]} list[index]=1', "awk '{print}' f", "jq '{name}' f", 'git reset HEAD@{upstream}',
    'find . -exec rm {} +', 'docker ps --format "{{.Names}}"', '# replace <version> by yours', "sed 's/[word]/x/'", 'a &>b', 'cat > x <<X\n<item>1</item>\nX',
  ])('%s has none', (text) => {
    expect(findPlaceholders(text)).toEqual([]);
  });
});

describe('hidden characters', () => {
  it.each([
    ['echo \u202e', 'U+202E'], ['a\u2066b', 'U+2066'], ['a\u200bb', 'U+200B'], ['rm\u00a0-rf', 'U+00A0'], ['a\rb', 'U+000D'],
    ['curl https://\u0430pple.com', 'U+0430'], ['\u001b]0;x', 'U+001B'], ['\u{e0041}', 'U+E0041'],
    ['a\u206ab', 'U+206A'], ['a\u2800b', 'U+2800'], ['a\u{1d173}b', 'U+1D173'], ['a\u{fff9}b', 'U+FFF9'], ['c\u0585m', 'U+0585'], ['\u0261it pull', 'U+0261'], ['\u{1d5bc}url', 'U+1D5BC'],
  ])('%j', (text, codePoint) => {
    expect(findHiddenCharacters(text).map((one) => one.codePoint)).toContain(codePoint);
  });
  it.each(['echo "héllo wörld" ✅', 'echo "привет мир"', 'a\tb\nc', '日本語'])('%j has none', (text) => {
    expect(findHiddenCharacters(text)).toEqual([]);
  });
});
