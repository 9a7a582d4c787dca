import { stdin } from 'node:process';

const CTRL_C = '\u0003';

/** Single keys of a terminal, as they are pressed; without echo, and without Enter. */
export class Keyboard implements Disposable {
  readonly #pressed: string[] = [];
  readonly #onQuit: () => void;
  #wake = () => {};
  #isOver = false;

  /** @param onQuit called on `q` and on Ctrl-C, which is a key like any other here, even if no key is asked for */
  constructor(onQuit: () => void) {
    this.#onQuit = onQuit;
    stdin.setRawMode(true);
    stdin.setEncoding('utf8').on('data', (keys: string) => {
      this.#pressed.push(...keys);
      if (keys.includes('q') || keys.includes(CTRL_C)) this.quit();
      this.#wake();
    });
  }

  /** As if `q` had been pressed. */
  quit(): void {
    this.#isOver = true;
    this.#onQuit();
    this.#wake();
  }

  /** The next key; undefined after the end. */
  async next(): Promise<string | undefined> {
    while (this.#pressed.length === 0 && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#isOver ? undefined : this.#pressed.shift();
  }

  [Symbol.dispose](): void {
    stdin.setRawMode(false);
    stdin.pause();
  }
}
