import { join } from 'node:path';
import { RECORD_VERSION } from '../../src/core/run/events.ts';
import { bodySchemas, envelopeSchema } from '../../src/node/record/schema.ts';
import { jsonSchemaOf, type JsonSchema } from './jsonSchema.ts';
import { REPOSITORY } from './vsix.ts';

/** Where the JSON Schema of a record's line stands; it ships. */
export const SCHEMA_FILE = join(REPOSITORY, 'media', 'record.schema.json');

/** The JSON Schema of one line of a record, from the schemas that check lines. */
export function recordSchema(): JsonSchema {
  const envelope = jsonSchemaOf(envelopeSchema) as { readonly required: readonly string[]; readonly properties: JsonSchema };
  const bodies = bodySchemas.map((schema) => [schema.entries.type.literal, jsonSchemaOf(schema)] as const);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A line of a run’s record, version 1',
    description: 'One event of one writer. Types of events that are not named here, and lines of a later version, are to be kept and passed over. See docs/RECORD.md.',
    type: 'object',
    required: [...envelope.required, 'sum'],
    properties: { ...envelope.properties, sum: { description: 'The first 16 digits of the SHA-256 over the line without this property.', type: 'string', pattern: '^[0-9a-f]{16}$' } },
    if: { properties: { v: { const: RECORD_VERSION } } },
    then: { properties: { body: { allOf: bodies.map(([type]) => ({ if: { properties: { type: { const: type } } }, then: { $ref: `#/$defs/${type}` } })) } } },
    $defs: Object.fromEntries(bodies),
  };
}

/** As it stands in the file. */
export function recordSchemaText(): string {
  return `${JSON.stringify(recordSchema(), null, 2)}\n`;
}
