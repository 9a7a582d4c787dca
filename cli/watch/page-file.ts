import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { LabEvent } from '../../lab/index.ts';
import { lastingOf } from '../../web/lasting.ts';
import { oneFile } from '../../web/one-file.ts';
import { RECORDING_LIMITS, Ring } from '../../web/ring.ts';
import { cannotWrite, openToWrite } from '../file.ts';
import type { Output } from './output.ts';

/** Writes the page as one file, which shows what has been watched without a server. */
export class PageFile implements Output {
  readonly #file: string;
  readonly #stream: Writable;
  readonly #ring = new Ring(RECORDING_LIMITS);

  private constructor(file: string, stream: Writable) {
    this.#file = file;
    this.#stream = stream;
  }

  /** An existing file is replaced. @throws when it cannot be written. */
  static async open(file: string): Promise<PageFile> {
    return new PageFile(file, await openToWrite(file));
  }

  event(event: LabEvent): void {
    this.#ring.push({ line: JSON.stringify(event), isShown: true, lasting: lastingOf(event) });
  }

  /** @throws when it cannot be written. */
  async end(): Promise<void> {
    const page = await oneFile(this.#ring.lines(), { title: `${this.#file}: socketlab` });
    try {
      this.#stream.end(page);
      await once(this.#stream, 'finish');
    } catch (error) {
      throw cannotWrite(this.#file, error);
    }
  }
}
