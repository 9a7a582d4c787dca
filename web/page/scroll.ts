import type { App } from './app.ts';
import { diagramHeight } from './layout/layout.ts';

/** So near to the end the hand does not mean to leave it. */
const NEAR_PX = 24;

/** Keeps the view of the diagram in place: at its end while the page is live, otherwise where the user has scrolled to. */
export class Scroll {
  readonly #app: App;
  readonly #resized: ResizeObserver;
  #element: Element | undefined;
  #lastTop = 0;
  /** The first step that is seen, and how far it is below the edge. */
  #anchor: { readonly id: number; readonly offset: number } | undefined;

  constructor(app: App) {
    this.#app = app;
    this.#resized = new ResizeObserver(() => this.#resize());
  }

  /** To be called before the page is drawn, so that the end is drawn once, in its place. */
  foresee(): void {
    const { isFollowing, isList, view, picture } = this.#app;
    if (!isFollowing || isList) return;
    view.top = diagramHeight(picture.layout, view.height) - view.height;
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
    else this.#holdOn(element);
    this.#anchor = this.#firstSeen(element);
  }

  /** What is in view stays in place even if steps before it come or go. */
  #holdOn(element: Element): void {
    const y = this.#anchor && this.#yOf(this.#anchor.id);
    if (this.#anchor === undefined || y === undefined) return;
    const moved = y - element.scrollTop - this.#anchor.offset;
    if (Math.abs(moved) >= 1) this.#scrollTo(element, element.scrollTop + moved);
  }

  #firstSeen({ scrollTop }: Element): { id: number; offset: number } | undefined {
    const first = this.#app.picture.layout.placed.find(({ y }) => y >= scrollTop);
    return first && { id: first.step.id, offset: first.y - scrollTop };
  }

  #yOf(id: number): number | undefined {
    const { placed, indexOf } = this.#app.picture.layout;
    return placed[indexOf.get(id) ?? -1]?.y;
  }

  #adopt(element: Element | undefined): void {
    this.#resized.disconnect();
    this.#element = element;
    if (element === undefined) return;
    this.#resized.observe(element);
    element.addEventListener('scroll', () => this.#scrolled(element), { passive: true });
    this.#measure();
  }

  /** With its size the end has moved, and what is seen with it: no hand did that. */
  #resize(): void {
    this.#lastTop = this.#element?.scrollTop ?? 0;
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
    const isResized = element.clientHeight !== this.#app.view.height;
    if (isUpwards && !isResized) this.#app.leave();
    if (!this.#app.isFollowing) this.#lastTop = element.scrollTop;
    this.#anchor = this.#firstSeen(element);
    this.#measure();
  }

  /** Brings a step into sight. */
  #show(id: number, element: Element): void {
    const y = this.#yOf(id);
    if (y === undefined) return;
    const { scrollTop, clientHeight } = element;
    const isSeen = y > scrollTop + NEAR_PX && y < scrollTop + clientHeight - 2 * NEAR_PX;
    if (!isSeen) this.#scrollTo(element, y - clientHeight / 3);
  }
}
