/** A start that takes no longer needs no words. */
const FIRST_MS = 1000;
const PAUSE_MS = 5000;

/** Tells now and then what the start of a watch is doing, and how far it has come. */
export class Progress implements Disposable {
  readonly #instruments: string;
  readonly #tell: (line: string) => void;
  #watched = 0;
  #all: number | undefined;
  #timer: NodeJS.Timeout;

  /** @param instruments what is being started, as in `captures and traces` */
  constructor(instruments: string, tell: (line: string) => void) {
    this.#instruments = instruments;
    this.#tell = tell;
    this.#timer = setTimeout(() => this.#again(), FIRST_MS);
  }

  /** @param watched how many hosts are watched, of `all` */
  made(watched: number, all: number): void {
    this.#watched = watched;
    this.#all = all;
  }

  /** It has come to its end, or has failed. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #again(): void {
    const far = this.#all === undefined ? '' : `: ${this.#watched} of ${this.#all} hosts so far`;
    this.#tell(`starting ${this.#instruments}${far}`);
    this.#timer = setTimeout(() => this.#again(), PAUSE_MS);
  }
}
