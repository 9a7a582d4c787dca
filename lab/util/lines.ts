/** Longer lines are cut in the middle: the call is at the front, and what it returned at the end. */
const HEAD_LENGTH_MAX = 60_000;
const TAIL_LENGTH_MAX = 4000;

/** Splits a stream into lines, wherever its chunks are cut. It buffers at most one line, of bounded length. */
export class Lines {
  /** The line so far. */
  #head = '';
  #tail = '';

  /** The lines that end in this chunk. */
  push(chunk: string): string[] {
    const parts = chunk.split('\n');
    const last = parts.pop() ?? '';
    const lines: string[] = [];
    for (const part of parts) {
      this.#add(part);
      lines.push(this.#head + this.#tail);
      this.#head = '';
      this.#tail = '';
    }
    this.#add(last);
    return lines;
  }

  /** The beginning of a line that has not ended yet. */
  get begun(): string {
    return this.#head;
  }

  #add(part: string): void {
    const room = HEAD_LENGTH_MAX - this.#head.length;
    this.#head += part.slice(0, room);
    if (part.length > room) this.#tail = (this.#tail + part.slice(room)).slice(-TAIL_LENGTH_MAX);
  }
}
