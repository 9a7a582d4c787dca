/** The steps that are kept, in order, and what has changed of them. */

import type { LogRecord } from '../records/event-records.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import type { RecordKeeper } from '../records/record-base.ts';
import { comparePlaces, type Place, type StepRecord } from '../records/step-record.ts';
import type { Step } from '../step.ts';
import { Changes, since } from './changes.ts';
import { stepOf } from './step-of.ts';

/** This share of what is kept is forgotten at a time, so that the rest is not moved for every step. */
const SHARE_FORGOTTEN = 0.05;
/** And this share of the characters is made free, so that not every step looks for what can be shortened. */
const SHARE_SHORTENED = 0.2;

/** The most that is kept. */
export interface StepLimits {
  readonly steps: number;
  /** Of what packets and log lines carry. */
  readonly characters: number;
}

interface Forgotten {
  readonly revision: number;
  readonly id: number;
}

export class StepStore implements RecordKeeper {
  readonly #stepsKept: number;
  readonly #charactersKept: number;
  readonly #onInsert: (record: StepRecord) => void;
  readonly #changes = new Changes();
  #ordered: StepRecord[] = [];
  #forgotten: Forgotten[] = [];
  /** Up to here nothing is known of what was forgotten. */
  #forgottenBefore = 0;
  #characters = 0;
  #ids = 0;
  #revision = 0;
  #steps: { revision: number; steps: readonly Step[] } | undefined;

  /** @param onInsert notified of each record that is new */
  constructor({ steps, characters }: StepLimits, onInsert: (record: StepRecord) => void) {
    this.#stepsKept = steps;
    this.#charactersKept = characters;
    this.#onInsert = onInsert;
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

  /** Those behind a place, in order. */
  *after(place: Place | undefined): Generator<StepRecord> {
    let at = place === undefined ? 0 : this.#indexOf(place);
    const found = this.#ordered[at];
    if (found && place && comparePlaces(found, place) === 0) at += 1;
    for (; at < this.#ordered.length; at += 1) yield this.#ordered[at] as StepRecord;
  }

  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  nextRevision(): number {
    this.#revision += 1;
    return this.#revision;
  }

  insert(record: StepRecord): void {
    this.#place(record);
    this.changed(record);
    this.#characters += record.characters;
    if (this.#characters > this.#charactersKept) this.#shortenOldest();
    if (this.#ordered.length > this.#stepsKept) this.#forgetOldest();
    this.#onInsert(record);
  }

  /** A step has changed, and with it those that it is linked with, which show it. */
  changed(record: StepRecord): void {
    this.#change(record);
    for (const { to } of record.links) this.#change(to);
  }

  /** It has changed in a way that the steps linked with it do not show. */
  changedAlone(record: StepRecord): void {
    this.#change(record);
  }

  move(record: StepRecord, placeNs: number): void {
    if (record.placeNs === placeNs || record.isForgotten) return;
    const at = this.#indexOf(record);
    if (this.#ordered[at] === record) this.#ordered.splice(at, 1);
    record.placeNs = placeNs;
    this.#place(record);
    this.changed(record);
  }

  forget(record: StepRecord): void {
    if (record.isForgotten) return;
    const at = this.#indexOf(record);
    if (this.#ordered[at] === record) this.#ordered.splice(at, 1);
    this.#letGo(record);
  }

  forgetAll(isIncluded: (record: StepRecord) => boolean): void {
    const gone: StepRecord[] = [];
    this.#ordered = this.#ordered.filter((record) => {
      const isGone = isIncluded(record);
      if (isGone) gone.push(record);
      return !isGone;
    });
    for (const record of gone) this.#letGo(record);
  }

  /** @returns `undefined` where that is no longer known: then all is new. */
  changedSince(revision: number): { steps: Step[]; forgotten: number[] } | undefined {
    if (revision < this.#forgottenBefore) return undefined;
    const changed = this.#changes.since(revision).sort(comparePlaces);
    const forgotten = since(this.#forgotten, revision).map(({ id }) => id);
    return { steps: changed.map(stepOf), forgotten };
  }

  #change(record: StepRecord): void {
    if (record.isForgotten) return;
    record.revision = this.nextRevision();
    record.value = record.linkedValue = undefined;
    this.#changes.note(record);
  }

  #place(record: StepRecord): void {
    const last = this.#ordered.at(-1);
    if (last === undefined || comparePlaces(last, record) < 0) this.#ordered.push(record);
    else this.#ordered.splice(this.#indexOf(record), 0, record);
  }

  /** The index of what stands there, or would. */
  #indexOf(place: Place): number {
    let [from, to] = [0, this.#ordered.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const found = this.#ordered[middle];
      if (found !== undefined && comparePlaces(found, place) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Makes room: the oldest steps keep only the beginning of what they carry; where that is not enough, they are forgotten. */
  #shortenOldest(): void {
    const wanted = this.#charactersKept * (1 - SHARE_SHORTENED);
    for (const record of this.#ordered) {
      if (this.#characters <= wanted) return;
      if (record.kind === 'packet' || record.kind === 'log') this.#shorten(record);
    }
    while (this.#characters > wanted && this.#ordered.length > 1) this.#forgetOldest();
  }

  #shorten(record: PacketRecord | LogRecord): void {
    const before = record.characters;
    record.shorten();
    if (record.characters === before) return;
    this.#characters += record.characters - before;
    this.changed(record);
  }

  #forgetOldest(): void {
    const most = Math.min(this.#stepsKept, this.#ordered.length);
    const kept = Math.floor(most * (1 - SHARE_FORGOTTEN));
    for (const record of this.#ordered.splice(0, this.#ordered.length - kept)) this.#letGo(record);
  }

  #letGo(record: StepRecord): void {
    record.isForgotten = true;
    this.#changes.forget(record);
    this.#characters -= record.characters;
    record.value = record.linkedValue = undefined;
    // Or each step would keep the one before it alive.
    for (const { to } of record.links) {
      const at = to.links.findIndex((link) => link.to === record);
      if (at >= 0) to.links.splice(at, 1);
      this.#change(to);
    }
    record.links.length = 0;
    this.#forgotten.push({ revision: this.nextRevision(), id: record.id });
    if (this.#forgotten.length > 2 * this.#stepsKept) {
      const cut = this.#forgotten.splice(0, this.#stepsKept);
      this.#forgottenBefore = cut.at(-1)?.revision ?? 0;
    }
    record.conversation?.forgetStep();
  }
}
