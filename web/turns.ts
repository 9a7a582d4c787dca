/** Deeds that change the lab, one after another: a wire that is being taken down must not be given a new fault. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Does it when all before it are done, whether they failed or not. */
  take<T>(deed: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(deed, deed);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
