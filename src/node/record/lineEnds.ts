/** The bytes as they were before a checkout made CRLF of their line ends. */
export function withLineFeeds(bytes: Buffer): Buffer {
  return bytes.includes(13) ? Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : bytes;
}
