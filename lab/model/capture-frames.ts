/**
 * What the program of a capture prints: frames of a number, a length, and data. Frames with the number of an interface are pieces
 * of its pcap stream; those with number 0 are news in JSON.
 *
 *     0 │ 44 │ {"began":1,"name":"eth0","mac":"02:42:…"}     1 │ 24 │ pcap…     0 │ 14 │ {"ready":true}     1 │ 90 │ …pcap
 */

/** News of interfaces. */
export type News =
  /** This one is being captured from now on. */
  | { readonly began: number; readonly name: string; readonly mac: string }
  /** It was removed, or taken down. */
  | { readonly ended: number }
  /** All interfaces that existed at the start are being captured. */
  | { readonly ready: true };

export interface CaptureFrame {
  readonly number: number;
  readonly data: Buffer;
}

const NEWS = 0;
const HEADER_BYTES = 8;

export function frame(number: number, data: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(number, 0);
  header.writeUInt32LE(data.length, 4);
  return Buffer.concat([header, data]);
}

export function newsFrame(news: News): Buffer {
  return frame(NEWS, Buffer.from(JSON.stringify(news)));
}

/** The news in a frame; undefined if it is a piece of an interface's stream. */
export function newsOf({ number, data }: CaptureFrame): News | undefined {
  return number === NEWS ? (JSON.parse(data.toString()) as News) : undefined;
}

/** Finds the frames, wherever the chunks are cut. */
export class CaptureFrameParser {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): CaptureFrame[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: CaptureFrame[] = [];
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
