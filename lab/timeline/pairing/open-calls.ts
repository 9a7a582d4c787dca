import type { CallEvent } from '../../model/event.ts';
import { LruMap } from '../../util/lru-map.ts';
import type { CallRecord } from '../records/step-record.ts';

const CALLS_MAX = 20_000;

/** Calls that may still be told of again, as they wait or have just returned. */
export class OpenCalls {
  readonly #calls = new LruMap<string, CallRecord>(CALLS_MAX);

  get size(): number {
    return this.#calls.size;
  }

  find(event: CallEvent): CallRecord | undefined {
    return this.#calls.get(keyOf(event));
  }

  add(record: CallRecord): void {
    this.#calls.set(keyOf(record.call), record);
  }

  forget(event: CallEvent): void {
    this.#calls.delete(keyOf(event));
  }

  /** The host has gone: what waited at it will not return. */
  forgetOf(host: string, untilNs: number): void {
    this.#calls.deleteAll((record) => record.host === host && record.beganNs <= untilNs);
  }
}

/** The same for both times that a call is told. */
function keyOf({ host, id, atNs }: CallEvent): string {
  return `${host} ${id} ${atNs}`;
}
