import { stop } from './service.mjs';
import { main, say } from './workspace.mjs';

await main(async () => say(await stop()));
