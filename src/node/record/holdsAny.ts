import { opendir } from 'node:fs/promises';

/** Whether there is anything in a folder: reads its first entry and not the thousands behind it. A folder that cannot be read holds nothing. */
export async function holdsAny(folder: string): Promise<boolean> {
  try {
    const entries = await opendir(folder);
    try {
      return (await entries.read()) !== null;
    } finally {
      await entries.close();
    }
  } catch {
    return false;
  }
}
