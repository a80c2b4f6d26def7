import { main, say, serviceUrl } from './workspace.mjs';

await main(() => say(serviceUrl()));
