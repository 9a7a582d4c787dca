import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync, rmSync } from 'node:fs';

const CHUNK_BYTES = 64 * 1024;

/**
 * A named pipe that is read in large pieces at chosen times: strace writes each line separately, and a stream would wake this
 * process for each, which costs more than everything else.
 */
export class Pipe implements Disposable {
  readonly path: string;
  readonly #fd: number;
  readonly #chunk = Buffer.alloc(CHUNK_BYTES);

  constructor(path: string) {
    this.path = path;
    execFileSync('mkfifo', [path]);
    // Opened for reading first: a writer would wait for that.
    this.#fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  }

  /** What has been written since the last time, one character for each byte. */
  *read(): Generator<string> {
    for (let bytes = this.#readChunk(); bytes > 0; bytes = this.#readChunk()) {
      yield this.#chunk.toString('latin1', 0, bytes);
    }
  }

  #readChunk(): number {
    try {
      return readSync(this.#fd, this.#chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      throw error;
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
    rmSync(this.path, { force: true });
  }
}
