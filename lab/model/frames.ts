/**
 * Several streams in one: each frame is a piece of the stream that has its number, after a header of number and length, of four
 * bytes each, little-endian.
 *
 *     1 │ 24 │ pcap…     2 │ 3 │ abc     1 │ 90 │ …pcap
 */

export interface Frame {
  readonly number: number;
  readonly data: Buffer;
}

const HEADER_BYTES = 8;

export function frame(number: number, data: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(number, 0);
  header.writeUInt32LE(data.length, 4);
  return Buffer.concat([header, data]);
}

/** Finds the frames, wherever the chunks are cut. */
export class FrameParser {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Frame[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    let at = 0;
    while (at + HEADER_BYTES <= this.#rest.length) {
      const end = at + HEADER_BYTES + this.#rest.readUInt32LE(at + 4);
      if (end > this.#rest.length) break;
      const data = this.#rest.subarray(at + HEADER_BYTES, end);
      frames.push({ number: this.#rest.readUInt32LE(at), data });
      at = end;
    }
    this.#rest = this.#rest.subarray(at);
    return frames;
  }
}
