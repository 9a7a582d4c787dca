/**
 * The engine's one stream for both outputs of a container: frames of a type, three zeros, a length, and data ("Stream format" of
 * ContainerAttach, https://docs.docker.com/reference/api/engine/). A container with a terminal has one output, without frames.
 *
 *     engine ──chunks──▶ OutputFrameReader ──frames──▶ outputsOf ──▶ stdout, stderr
 */
import { PassThrough } from 'node:stream';

export interface OutputFrame {
  readonly output: 'stdout' | 'stderr';
  readonly data: Buffer;
  /** In a stream without frames: more of the line that the frame before it began. */
  readonly isContinued?: true;
}

const HEADER_BYTES = 8;
const STDERR = 2;
/** An error of the engine itself, about the stream. */
const SYSTEM_ERROR = 3;
const NEWLINE = 10;
/** As long as the parts in which the engine logs a longer line. A progress bar may never end its line. */
const PART_BYTES = 16 * 1024;

/** Finds the frames, wherever the chunks are cut. The modem's own `demuxStream` recurses for each frame. */
export class OutputFrameReader {
  #rest: Buffer = Buffer.alloc(0);
  #isFramed: boolean | undefined;
  #isInLine = false;

  /** The frames that are complete now; in a stream without frames, the lines, and parts of long ones. */
  push(chunk: Buffer): OutputFrame[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#isFramed ??= (this.#rest[0] ?? 0) <= SYSTEM_ERROR;
    const frames: OutputFrame[] = [];
    let start = 0;
    for (let end = this.#endOf(start); end !== undefined; end = this.#endOf(start)) {
      frames.push(this.#frame(start, end));
      start = end;
    }
    this.#rest = this.#rest.subarray(start);
    return frames;
  }

  /** The rest at the end: a last line without a newline. */
  end(): OutputFrame[] {
    return this.#isFramed || this.#rest.length === 0 ? [] : [this.#frame(0, this.#rest.length)];
  }

  #endOf(start: number): number | undefined {
    if (!this.#isFramed) {
      const newline = this.#rest.indexOf(NEWLINE, start);
      if (newline >= 0) return newline + 1;
      return this.#rest.length - start < PART_BYTES ? undefined : this.#rest.length;
    }
    if (start + HEADER_BYTES > this.#rest.length) return undefined;
    const end = start + HEADER_BYTES + this.#rest.readUInt32BE(start + 4);
    return end <= this.#rest.length ? end : undefined;
  }

  #frame(start: number, end: number): OutputFrame {
    if (!this.#isFramed) return this.#part(this.#rest.subarray(start, end));
    const type = this.#rest[start] ?? 0;
    const data = this.#rest.subarray(start + HEADER_BYTES, end);
    return { output: type >= STDERR ? 'stderr' : 'stdout', data };
  }

  #part(data: Buffer): OutputFrame {
    const isContinued = this.#isInLine;
    this.#isInLine = data.at(-1) !== NEWLINE;
    return { output: 'stdout', data, ...(isContinued && { isContinued }) };
  }
}

/** How many bytes may wait for a reader, so that one output does not block the other. */
const WAITING_BYTES_MAX = 8 * 1024 * 1024;

export interface Outputs {
  readonly stdout: PassThrough;
  readonly stderr: PassThrough;
  /** Takes everything, whether it is read or not: the command is about to end, and must not be blocked. */
  takeAll(): void;
}

/**
 * Both outputs of a container. They end with the stream, also when it breaks: why, the engine knows. While more than 8 MiB wait
 * to be read, the engine is paused, and so is the command.
 */
export function outputsOf(stream: NodeJS.ReadableStream): Outputs {
  const outputs = { stdout: new PassThrough(), stderr: new PassThrough() };
  const both = Object.values(outputs);
  const reader = new OutputFrameReader();
  let takesAll = false;
  const pass = (frames: readonly OutputFrame[]) => {
    for (const { output, data } of frames) outputs[output].write(data);
    const waiting = both.map((one) => one.writableLength + one.readableLength);
    if (!takesAll && Math.max(...waiting) > WAITING_BYTES_MAX) stream.pause();
  };
  const end = () => {
    for (const output of both) output.end();
  };
  for (const output of both) output.on('drain', () => stream.resume());
  stream
    .on('data', (chunk: Buffer) => pass(reader.push(chunk)))
    .on('end', end)
    .on('close', end)
    .on('error', end);
  const takeAll = () => {
    takesAll = true;
    stream.resume();
  };
  return { ...outputs, takeAll };
}
