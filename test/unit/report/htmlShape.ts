import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** Elements and attributes of a page as a browser reads it, without its words and comments. */
export function shapeOf(html: string, withValues: (attribute: string) => boolean = () => false): readonly string[] {
  const lines: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node, depth: number): void => {
    if ('tagName' in node) lines.push(`${' '.repeat(depth)}${node.tagName} ${node.attrs.map(({ name, value }) => (withValues(name) ? `${name}=${value}` : name)).join(' ')}`.trimEnd());
    if ('childNodes' in node) for (const child of node.childNodes) walk(child, depth + 1);
  };
  walk(parse(html), 0);
  return lines;
}

/** All words of a page. */
export function wordsOf(html: string): string {
  const words: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if (node.nodeName === '#text' && 'value' in node) words.push(node.value);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(parse(html));
  return words.join('');
}
