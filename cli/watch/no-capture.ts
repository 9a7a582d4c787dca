import { typed } from '../typed.ts';

/** The bytes that a file begins with: a Section Header Block of pcapng, and pcap in either byte order with µs or ns. */
const MAGIC: ReadonlyMap<string, string> = new Map([
  ['0a0d0d0a', 'pcapng'],
  ['d4c3b2a1', 'pcap'],
  ['a1b2c3d4', 'pcap'],
  ['4d3cb2a1', 'pcap'],
  ['a1b23c4d', 'pcap'],
]);

/**
 * The pieces of a file, unless it is a capture: that has packets alone, and a recording is asked for.
 *
 * @param name of the file, for the message
 */
export async function* noCapture(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of chunks) {
    const format = isFirst && MAGIC.get(Buffer.from(chunk.subarray(0, 4)).toString('hex'));
    if (format) {
      const remedy = `open it in Wireshark, or record with: ${typed('watch --json')}`;
      throw new Error(
        `Cannot replay "${name}": it is a capture (${format}), not a recording; ${remedy}`,
      );
    }
    isFirst = false;
    yield chunk;
  }
}
