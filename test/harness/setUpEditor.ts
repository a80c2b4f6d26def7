import { ensureEditorTools } from './install.ts';
import { buildVsix } from './vsix.ts';

/** Before the first editor test: the tools and the packaged extension are there. */
export async function setup(): Promise<void> {
  await ensureEditorTools();
  await buildVsix();
}
