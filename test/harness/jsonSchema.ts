/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What is used here of a valibot schema or of a step in its pipe. */
interface Part {
  readonly kind: string;
  readonly type: string;
  readonly pipe?: readonly Part[];
  readonly wrapped?: Part;
  readonly item?: Part;
  readonly key?: Part;
  readonly value?: Part;
  readonly entries?: Readonly<Record<string, Part>>;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly requirement?: unknown;
}

/** A valibot schema as JSON Schema. Throws for what the record does not use: then this has to learn it. */
export function jsonSchemaOf(schema: unknown): JsonSchema {
  return convert(schema as Part);
}

function convert(part: Part): JsonSchema {
  return Object.assign({}, ...(part.pipe ?? [part]).map((each) => (each.kind !== 'schema' ? check(each) : each.pipe === undefined ? bare(each) : convert(each)))) as JsonSchema;
}

function bare(part: Part): JsonSchema {
  switch (part.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return { type: part.type };
    case 'custom':
      // Only used to refuse lists, which no `object` is here.
      return {};
    case 'literal':
      return { const: part.literal };
    case 'picklist':
      return { enum: part.options };
    case 'nullable':
      return { anyOf: [{ type: 'null' }, inner(part.wrapped)] };
    case 'exact_optional':
      return inner(part.wrapped);
    case 'array':
      return { type: 'array', items: inner(part.item) };
    case 'record':
      return { type: 'object', propertyNames: inner(part.key), additionalProperties: inner(part.value) };
    case 'variant':
      return { anyOf: (part.options as readonly Part[]).map(convert) };
    case 'object':
    case 'loose_object': {
      const entries = Object.entries(part.entries ?? {});
      const required = entries.filter(([, entry]) => entry.type !== 'exact_optional').map(([key]) => key);
      return { type: 'object', required, properties: Object.fromEntries(entries.map(([key, entry]) => [key, convert(entry)])) };
    }
    default:
      throw new Error(`There is no JSON Schema yet for “${part.type}”.`);
  }
}

function check({ type, requirement }: Part): JsonSchema {
  switch (type) {
    case 'integer':
      return { type: 'integer' };
    case 'finite':
      return {};
    case 'min_value':
      return { minimum: requirement };
    case 'max_value':
      return { maximum: requirement };
    case 'max_length':
      return { maxLength: requirement };
    case 'regex':
    case 'iso_timestamp':
      return { pattern: (requirement as RegExp).source };
    default:
      throw new Error(`There is no JSON Schema yet for the check “${type}”.`);
  }
}

function inner(part: Part | undefined): JsonSchema {
  if (part === undefined) throw new Error('a schema without its inner one');
  return convert(part);
}
