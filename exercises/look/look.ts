import type { Letter, Question } from './question.ts';
import { play, type Scene } from './scene.ts';
import type { Seen } from './seen.ts';

/** Plays scenes, each once, however many questions are about it. */
export class Look implements AsyncDisposable {
  readonly #signal: AbortSignal;
  readonly #seen = new Map<Scene, Promise<Seen>>();

  /** @param signal ends what is being played, and removes it */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Begins to play a scene that has not begun yet. @throws {LabError} if it cannot be played here. */
  at(scene: Scene): Promise<Seen> {
    const seen = this.#seen.get(scene) ?? play(scene, this.#signal);
    this.#seen.set(scene, seen);
    // Whoever has begun it may never come to look.
    seen.catch(() => undefined);
    return seen;
  }

  /** Waits until nothing is being played any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#seen.values());
  }
}

/** The answer to a question, read off what was seen. @throws {Error} if it is not the one that is explained. */
export function answerOf(question: Question, seen: Seen): Letter {
  const found = question.read(seen);
  if (found === question.answer) return found;
  throw new Error(
    `Cannot show the answer of "${question.text}": it must be ${question.answer}, but what was seen says ${found ?? 'none of them'}`,
  );
}
