/** Builds and packages in a process of its own, because the packager writes its list to the output. */
import { buildVsix } from '../harness/vsix.ts';

await buildVsix();
