import { Progress } from './progress.ts';
import { ensureBrowser } from './systemTools.ts';

/** Before the first webview test: a browser is there. The tests bundle what they show themselves. */
export async function setup(): Promise<void> {
  await ensureBrowser(new Progress());
}
