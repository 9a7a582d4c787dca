import type { App } from './app.ts';

/** So near to the end the hand does not mean to leave it. */
const NEAR_PX = 24;

/** Keeps what is seen of the diagram where it should be: at its end while the page is live, else where the hand put it. */
export class Scroll {
  readonly #app: App;
  readonly #resized: ResizeObserver;
  #element: Element | undefined;
  #lastTop = 0;

  constructor(app: App) {
    this.#app = app;
    this.#resized = new ResizeObserver(() => this.#measure());
  }

  /** To be called when the page has been drawn. */
  settle(): void {
    const element = document.getElementById(this.#app.isList ? 'list' : 'diagram') ?? undefined;
    if (element !== this.#element) this.#adopt(element);
    if (element === undefined) return;
    const { wanted } = this.#app;
    this.#app.wanted = undefined;
    if (wanted !== undefined) this.#show(wanted, element);
    else if (this.#app.isFollowing) this.#scrollTo(element, element.scrollHeight);
  }

  #adopt(element: Element | undefined): void {
    this.#resized.disconnect();
    this.#element = element;
    if (element === undefined) return;
    this.#resized.observe(element);
    element.addEventListener('scroll', () => this.#scrolled(element), { passive: true });
    this.#measure();
  }

  #measure(): void {
    if (this.#element === undefined) return;
    const { clientWidth: width, clientHeight: height, scrollTop: top } = this.#element;
    const { view } = this.#app;
    if (view.width === width && view.height === height && view.top === top) return;
    this.#app.change({ view: { width, height, top } });
    const { selected, isFollowing } = this.#app;
    // What was chosen stays in sight when the panel comes up.
    if (height < view.height && selected !== undefined && !isFollowing)
      this.#show(selected, this.#element);
  }

  #scrollTo(element: Element, top: number): void {
    element.scrollTop = top;
    this.#lastTop = element.scrollTop;
    this.#measure();
  }

  #scrolled(element: Element): void {
    const isUpwards = element.scrollTop < this.#lastTop - NEAR_PX;
    if (this.#app.isFollowing && isUpwards) this.#app.pause();
    if (!this.#app.isFollowing) this.#lastTop = element.scrollTop;
    this.#measure();
  }

  /** Brings a step into sight. */
  #show(id: number, element: Element): void {
    const { placed, indexOf } = this.#app.picture.layout;
    const y = placed[indexOf.get(id) ?? -1]?.y;
    if (y === undefined) return;
    const { scrollTop, clientHeight } = element;
    const isSeen = y > scrollTop + NEAR_PX && y < scrollTop + clientHeight - 2 * NEAR_PX;
    if (!isSeen) this.#scrollTo(element, y - clientHeight / 3);
  }
}
