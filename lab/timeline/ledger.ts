/** The steps that are kept, in order, and what has changed of them. */
import { compareDrafts, type Draft } from './draft.ts';
import type { Step } from './step.ts';
import { stepOf } from './step-of.ts';

/** A part of what is kept is forgotten at once, so that the rest need not be moved for every step. */
const SHARE_FORGOTTEN = 0.05;

interface Entry<T> {
  readonly revision: number;
  readonly what: T;
}

export class Ledger {
  readonly #stepsKept: number;
  readonly #onForgotten: (draft: Draft) => void;
  #ordered: Draft[] = [];
  #changes: Entry<Draft>[] = [];
  #forgotten: Entry<number>[] = [];
  /** Up to here nothing is known of what was forgotten. */
  #forgottenBefore = 0;
  #ids = 0;
  #revision = 0;
  #steps: { revision: number; steps: readonly Step[] } | undefined;

  constructor(stepsKept: number, onForgotten: (draft: Draft) => void) {
    this.#stepsKept = stepsKept;
    this.#onForgotten = onForgotten;
  }

  get revision(): number {
    return this.#revision;
  }

  get steps(): readonly Step[] {
    if (this.#steps?.revision !== this.#revision) {
      this.#steps = { revision: this.#revision, steps: this.#ordered.map(stepOf) };
    }
    return this.#steps.steps;
  }

  /** Those behind one, in order, which need not be kept any more itself. */
  *after(draft: Draft | undefined): Generator<Draft> {
    let at = draft === undefined ? 0 : this.#indexOf(draft);
    const found = this.#ordered[at];
    if (found && draft && compareDrafts(found, draft) === 0) at += 1;
    for (; at < this.#ordered.length; at += 1) yield this.#ordered[at] as Draft;
  }

  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  nextRevision(): number {
    this.#revision += 1;
    return this.#revision;
  }

  insert(draft: Draft): void {
    this.#place(draft);
    this.touch(draft);
    if (this.#ordered.length > this.#stepsKept) this.#forgetOldest();
  }

  /** A step has changed; so may have the sentences of those that it is linked with. */
  touch(draft: Draft): void {
    this.#change(draft);
    for (const { to } of draft.links) this.#change(to);
  }

  /** It has changed in a way that the sentences of others do not tell of. */
  touchAlone(draft: Draft): void {
    this.#change(draft);
  }

  move(draft: Draft, placeNs: number): void {
    if (draft.placeNs === placeNs || draft.isForgotten) return;
    const at = this.#indexOf(draft);
    if (this.#ordered[at] === draft) this.#ordered.splice(at, 1);
    draft.placeNs = placeNs;
    this.#place(draft);
    this.touch(draft);
  }

  forget(draft: Draft): void {
    if (draft.isForgotten) return;
    const at = this.#indexOf(draft);
    if (this.#ordered[at] === draft) this.#ordered.splice(at, 1);
    this.#letGo(draft);
  }

  forgetAll(isIncluded: (draft: Draft) => boolean): void {
    const gone: Draft[] = [];
    this.#ordered = this.#ordered.filter((draft) => {
      const isGone = isIncluded(draft);
      if (isGone) gone.push(draft);
      return !isGone;
    });
    for (const draft of gone) this.#letGo(draft);
  }

  /** @returns `undefined` where that cannot be told any more: then all is new. */
  changedSince(revision: number): { steps: Step[]; forgotten: number[] } | undefined {
    if (revision < this.#forgottenBefore) return undefined;
    const changed = since(this.#changes, revision).filter(
      ({ what, revision }) => what.revision === revision && !what.isForgotten,
    );
    const drafts = changed.map(({ what }) => what).sort(compareDrafts);
    const forgotten = since(this.#forgotten, revision).map(({ what }) => what);
    return { steps: drafts.map(stepOf), forgotten };
  }

  #change(draft: Draft): void {
    if (draft.isForgotten) return;
    draft.revision = this.nextRevision();
    draft.value = undefined;
    this.#changes.push({ revision: draft.revision, what: draft });
    if (this.#changes.length > 2 * this.#stepsKept + 64) {
      this.#changes = this.#changes.filter(
        ({ what, revision }) => what.revision === revision && !what.isForgotten,
      );
    }
  }

  #place(draft: Draft): void {
    const last = this.#ordered.at(-1);
    if (last === undefined || compareDrafts(last, draft) < 0) this.#ordered.push(draft);
    else this.#ordered.splice(this.#indexOf(draft), 0, draft);
  }

  /** Where it is, or would be. */
  #indexOf(draft: Draft): number {
    let [from, to] = [0, this.#ordered.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const found = this.#ordered[middle];
      if (found !== undefined && compareDrafts(found, draft) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #forgetOldest(): void {
    const kept = Math.floor(this.#stepsKept * (1 - SHARE_FORGOTTEN));
    for (const draft of this.#ordered.splice(0, this.#ordered.length - kept)) this.#letGo(draft);
  }

  #letGo(draft: Draft): void {
    draft.isForgotten = true;
    draft.value = undefined;
    // Or each step would keep the one before it alive.
    for (const { to } of draft.links) {
      const at = to.links.findIndex((link) => link.to === draft);
      if (at >= 0) to.links.splice(at, 1);
      this.#change(to);
    }
    draft.links.length = 0;
    this.#forgotten.push({ revision: this.nextRevision(), what: draft.id });
    if (this.#forgotten.length > 2 * this.#stepsKept) {
      const cut = this.#forgotten.splice(0, this.#stepsKept);
      this.#forgottenBefore = cut.at(-1)?.revision ?? 0;
    }
    this.#onForgotten(draft);
  }
}

/** The entries after a revision: the last ones, as they are in its order. */
function since<T>(entries: readonly Entry<T>[], revision: number): Entry<T>[] {
  let [from, to] = [0, entries.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((entries[middle]?.revision ?? 0) <= revision) from = middle + 1;
    else to = middle;
  }
  return entries.slice(from);
}
