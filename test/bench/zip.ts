import { readFile } from 'node:fs/promises';

export interface ZipEntry {
  readonly name: string;
  /** Bytes in the archive. */
  readonly packed: number;
  /** Bytes on disk. */
  readonly size: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;

/** Lists a ZIP archive from its central directory. @throws Error when it is none */
export async function listZip(path: string): Promise<{ readonly bytes: number; readonly entries: readonly ZipEntry[] }> {
  const data = await readFile(path);
  let end = data.length - END_SIZE;
  while (end >= 0 && data.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw new Error(`${path} is no ZIP archive`);
  const entries: ZipEntry[] = [];
  let at = data.readUInt32LE(end + 16);
  for (let count = data.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (data.readUInt32LE(at) !== ENTRY) throw new Error(`${path} is damaged`);
    const nameLength = data.readUInt16LE(at + 28);
    const name = data.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength);
    entries.push({ name, packed: data.readUInt32LE(at + 20), size: data.readUInt32LE(at + 24) });
    at += ENTRY_SIZE + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
  }
  return { bytes: data.length, entries };
}
