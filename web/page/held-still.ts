/** A list that stays as it is while a person points at it, or has the focus in it: what was read is what is chosen. */
export class HeldStill<Item extends { readonly id: number }> {
  #ids: readonly number[] | undefined;
  #shown: readonly Item[] = [];
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Holds still what is shown now, or lets it go on. */
  hold(isHeld: boolean): void {
    this.#ids = isHeld ? this.#shown.map(({ id }) => id) : undefined;
    this.#changed();
  }

  /** @param latest what there is, and how it is now */
  show(latest: readonly Item[], known: (id: number) => Item | undefined): readonly Item[] {
    const held = this.#ids?.flatMap((id) => known(id) ?? []);
    this.#shown = held ?? latest;
    return this.#shown;
  }
}

/** For an element: held while the pointer or the focus is in it. */
export function holding(list: Pick<HeldStill<never>, 'hold'>) {
  const isIn = ({ currentTarget, relatedTarget }: FocusEvent | PointerEvent) =>
    (currentTarget as Element).contains(relatedTarget as Node | null);
  return {
    enter: (event: FocusEvent | PointerEvent) => isIn(event) || list.hold(true),
    leave: (event: FocusEvent | PointerEvent) => {
      const element = event.currentTarget as Element;
      if (!isIn(event) && !element.matches(':hover, :focus-within')) list.hold(false);
    },
  };
}
