import type { AttributePlace, AttributeShape } from '../runbook/attributeTable.ts';
import type { FrontMatterShape, KeyShape } from '../runbook/frontMatterTable.ts';

const PLACES: Readonly<Record<AttributePlace, string>> = { fence: 'a command block', output: 'an output block', http: 'a request', item: 'an item', heading: 'a heading', rollback: 'a block of a rollback section' };

/** What is known of an attribute, in Markdown. */
export function attributeDocumentation(name: string, shape: AttributeShape): string {
  const on = `On ${shape.on.map((place) => PLACES[place]).join(', ')}.`;
  return `\`${name}\`: ${shape.says}.\n\n${on} For example \`${shape.example}\`.`;
}

/** What is known of a key of the front matter, in Markdown. */
export function keyDocumentation(name: string, shape: KeyShape | FrontMatterShape): string {
  return `\`${name}\`: ${shape.says}.\n\n\`\`\`yaml\n${shape.example}\n\`\`\``;
}

/** The beginning of what is said of a word, for the narrow place beside it: no Markdown, no more than fits. */
export function briefly(says: string): string {
  return (says.split(/[;:(]/)[0] ?? '').replace(/[`*]/g, '').trim();
}
