import type { Page } from 'playwright-core';

const MESSAGE = '$setTerminalLayoutInfo';

/**
 * Watches what the workbench tells the server of its terminals. It does so a
 * moment after a terminal was made or closed, and a window that is loaded again
 * before gets none of its terminals back.
 *
 * @returns a function that resolves once the last that was told names so many terminals
 */
export async function watchTerminalLayout(page: Page): Promise<(terminals: number) => Promise<void>> {
  let told = -1;
  const waiting = new Set<() => void>();
  const session = await page.context().newCDPSession(page);
  session.on('Network.webSocketFrameSent', ({ response }) => {
    const text = response.opcode === 1 ? response.payloadData : Buffer.from(response.payloadData, 'base64').toString('latin1');
    const at = text.indexOf(MESSAGE);
    if (at < 0) return;
    told = text.slice(at).match(/"terminal":\d+/g)?.length ?? 0;
    for (const look of waiting) look();
  });
  await session.send('Network.enable');
  return (terminals) =>
    new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`The workbench told the server of ${String(told)} terminals, not of ${String(terminals)}`));
      }, 30_000);
      const look = (): void => {
        if (told !== terminals) return;
        clearTimeout(limit);
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
}
