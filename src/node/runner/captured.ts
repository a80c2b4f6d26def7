import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import { join } from 'node:path';
import { CAPTURE_LIMIT, type CapturedText } from '../../core/run/capture.ts';

/** A file that asks the runner to keep standard output, and the one in which it does. */
export const CAPTURE = 'capture';
const CAPTURED = 'captured';

/** What the runner kept of a block's standard output; null when it was not asked to. Never rejects. */
export async function readCaptured(folder: string): Promise<CapturedText | null> {
  const isAsked = await access(join(folder, CAPTURE)).then(() => true, () => false);
  return isAsked ? readText(join(folder, CAPTURED)).catch((): CapturedText => ({ kind: 'missing' })) : null;
}

async function readText(path: string): Promise<CapturedText> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return { kind: 'missing' };
    if (stat.size > CAPTURE_LIMIT) return { kind: 'tooLarge' };
    const bytes = Buffer.alloc(stat.size);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return textOf(bytes.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

function textOf(bytes: Uint8Array): CapturedText {
  if (bytes.includes(0)) return { kind: 'notText' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { kind: 'notText' };
  }
}
