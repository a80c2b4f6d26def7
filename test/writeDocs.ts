/** `npm run docs`: writes anew what docs/ and media/ hold of the tables of the code. */
import { writeFileSync } from 'node:fs';
import { madeFiles } from './harness/documentation.ts';

for (const { path, text } of madeFiles()) writeFileSync(path, text);
