/** A start that takes no longer needs no words. */
const FIRST_MS = 3000;
const PAUSE_MS = 5000;

/** Tells now and then how far the start of a watch of many hosts has come. */
export class Progress {
  readonly #tell: (line: string) => void;
  #nextMs: number;

  /** @param nowMs when it began */
  constructor(tell: (line: string) => void, nowMs = performance.now()) {
    this.#tell = tell;
    this.#nextMs = nowMs + FIRST_MS;
  }

  /** @param watched how many hosts are watched, of `all` */
  made(watched: number, all: number, nowMs = performance.now()): void {
    if (watched === all || nowMs < this.#nextMs) return;
    this.#nextMs = nowMs + PAUSE_MS;
    this.#tell(`watching ${watched} of ${all} hosts so far`);
  }
}
