import { FRONT_MATTER_KEYS, type FrontMatterShape, type KeyShape } from '../../src/core/runbook/frontMatterTable.ts';
import { FORMAT_VERSION } from '../../src/core/runbook/model.ts';
import { SHELLS } from '../../src/core/runbook/vocabulary.ts';
import type { JsonSchema } from './jsonSchema.ts';

/** What durations look like, as the parser reads them. */
const DURATION = '^\\s*\\d+(\\.\\d+)?\\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\\s*$';

/** The JSON Schema of a runbook's front matter, from the table of its keys. */
export function frontMatterSchemaText(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Front matter of a runbook, format ${String(FORMAT_VERSION)}`,
    description: 'Keys that are not named here mean nothing to Guided Runbooks. See docs/FORMAT.md.',
    type: 'object',
    properties: Object.fromEntries([...FRONT_MATTER_KEYS].map(([key, shape]) => [key, keySchema(shape)])),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function keySchema(shape: KeyShape | FrontMatterShape): JsonSchema {
  return { description: shape.says, ...typeSchema(shape) };
}

function typeSchema(shape: KeyShape | FrontMatterShape): JsonSchema {
  const single = { type: ['string', 'number', 'boolean'] };
  switch (shape.type) {
    case 'number':
      return { type: 'integer', minimum: 1 };
    case 'text':
      return shape.suggests === 'shell' ? { enum: SHELLS } : single;
    case 'flag':
      return { type: 'boolean' };
    case 'duration':
      return { type: 'string', pattern: DURATION };
    case 'word':
      return { type: ['string', 'boolean'] };
    case 'count':
      return { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } }] };
    case 'texts':
      return { type: 'array', minItems: 1, items: single };
    case 'variables':
      return { type: 'object', additionalProperties: single };
    case 'named':
      return { type: 'object', minProperties: 1, additionalProperties: entry(shape) };
    case 'items':
      return { type: 'array', items: entry(shape) };
  }
}

/** One thing of several, with keys of its own and no others. An environment, an input and a backup may be bare names. */
function entry(shape: KeyShape | FrontMatterShape): JsonSchema {
  const keys = 'keys' in shape ? [...(shape.keys ?? [])] : [];
  return { type: ['object', 'null'], additionalProperties: false, properties: Object.fromEntries(keys.map(([key, each]) => [key, keySchema(each)])) };
}
