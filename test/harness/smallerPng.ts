import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE_LENGTH = 8;
const COLOURS = 256;

/**
 * The same picture with 256 colours at most, every other one drawn as one that can hardly be told from it: a third of
 * the size for pictures of a user interface. Takes what a browser writes: 8 bits a channel, RGB
 * or RGBA, not interlaced; anything else comes back as it is.
 */
export function smallerPng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const head = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (head === undefined || head[8] !== 8 || ![2, 6].includes(head[9] ?? 0) || head[12] !== 0) return png;
  const width = head.readUInt32BE(0);
  const channels = head[9] === 6 ? 4 : 3;
  const packed = Buffer.concat(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])));
  const colours = coloursOf(unfiltered(inflateSync(packed), width * channels, channels), channels);
  const palette = paletteOf(colours);
  const indexed = indexedRows(colours, palette, width);
  const newHead = Buffer.from(head);
  newHead[9] = 3;
  const smaller = Buffer.concat([
    png.subarray(0, SIGNATURE_LENGTH),
    chunk('IHDR', newHead),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(indexed, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return smaller.length < png.length ? smaller : png;
}

/** Undoes the filter of each row (PNG specification, section 9). */
function unfiltered(rows: Buffer, rowLength: number, pixel: number): Buffer {
  const height = rows.length / (rowLength + 1);
  const pixels = Buffer.alloc(height * rowLength);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (rowLength + 1)];
    for (let x = 0; x < rowLength; x += 1) {
      const at = y * rowLength + x;
      const left = x < pixel ? 0 : (pixels[at - pixel] ?? 0);
      const up = y === 0 ? 0 : (pixels[at - rowLength] ?? 0);
      const corner = x < pixel || y === 0 ? 0 : (pixels[at - rowLength - pixel] ?? 0);
      const guess = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? paeth(left, up, corner) : 0;
      pixels[at] = (rows[y * (rowLength + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return pixels;
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** Each pixel as 0xRRGGBB; what shines through does not occur in a picture of a whole window. */
function coloursOf(pixels: Buffer, channels: number): Uint32Array {
  const colours = new Uint32Array(pixels.length / channels);
  for (let at = 0; at < colours.length; at += 1) colours[at] = pixels.readUIntBE(at * channels, 3);
  return colours;
}

/** The commonest colours, and of each that is rare one that is close: the closeness is as narrow as 256 allow. */
function paletteOf(colours: Uint32Array): number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  for (let closeness = 0; ; closeness += 4) {
    const palette: number[] = [];
    for (const colour of byCount) {
      if (palette.length > COLOURS) break;
      if (!palette.some((other) => distance(colour, other) <= closeness ** 2)) palette.push(colour);
    }
    if (palette.length <= COLOURS) return palette;
  }
}

function indexedRows(colours: Uint32Array, palette: readonly number[], width: number): Buffer {
  const known = new Map(palette.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc((colours.length / width) * (width + 1));
  for (let at = 0; at < colours.length; at += 1) {
    const colour = colours[at] ?? 0;
    const index = known.get(colour) ?? nearest(colour, palette);
    known.set(colour, index);
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index;
  }
  return rows;
}

function nearest(colour: number, palette: readonly number[]): number {
  return palette.reduce((best, other, index) => (distance(colour, other) < distance(colour, palette[best] ?? 0) ? index : best), 0);
}

/** The square of how far apart two colours are. */
function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 255) - ((other >> 8) & 255);
  const blue = (one & 255) - (other & 255);
  return red * red + green * green + blue * blue;
}

function chunksOf(png: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const chunks = [];
  for (let at = SIGNATURE_LENGTH; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
