/** `npm run schema`: writes media/record.schema.json anew from the schemas that check lines. */
import { writeFileSync } from 'node:fs';
import { recordSchemaText, SCHEMA_FILE } from './harness/recordSchema.ts';

writeFileSync(SCHEMA_FILE, recordSchemaText());
