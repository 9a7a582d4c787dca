import type { CallEvent } from '../model/event.ts';
import { LruMap } from '../util/lru-map.ts';
import type { CallDraft } from './draft.ts';

const CALLS_MAX = 20_000;

/** Calls that may still be told of again, as they wait or have just returned. */
export class OpenCalls {
  readonly #calls = new LruMap<string, CallDraft>(CALLS_MAX);

  get size(): number {
    return this.#calls.size;
  }

  find(event: CallEvent): CallDraft | undefined {
    return this.#calls.get(keyOf(event));
  }

  add(draft: CallDraft): void {
    this.#calls.set(keyOf(draft.call), draft);
  }

  forget(event: CallEvent): void {
    this.#calls.delete(keyOf(event));
  }

  /** The host has gone: what waited at it will not return. */
  forgetOf(host: string, untilNs: number): void {
    this.#calls.deleteAll((draft) => draft.host === host && draft.beganNs <= untilNs);
  }
}

/** The same for both times that a call is told. */
function keyOf({ host, id, atNs }: CallEvent): string {
  return `${host} ${id} ${atNs}`;
}
