import type { Lasting } from './lasting.ts';

/** Faults and sockets; a lab has far fewer. */
const OTHERS_MAX = 500;

/**
 * What is still so of the events that are no longer kept: one event for each host, each fault that is on and each socket
 * that others can reach. Without them what is kept could not be understood.
 */
export class Standing<T extends { readonly lasting?: Lasting | undefined }> {
  readonly #hosts = new Map<string, T>();
  readonly #others = new Map<string, T>();

  /** Takes an event that is let go, in the order of events. */
  take(event: T): void {
    const { lasting } = event;
    if (lasting === undefined) return;
    const { kind, key, isOver, pid } = lasting;
    const all = kind === 'host' ? this.#hosts : this.#others;
    // A child closes its copy of its parent's socket, which stays.
    if (isOver && pid !== all.get(key)?.lasting?.pid) return;
    // What is put in place of another comes behind all that came before it.
    all.delete(key);
    // That a host has gone is worth knowing.
    if (!isOver || kind === 'host') all.set(key, event);
    if (isOver && kind === 'host') this.#endSockets(lasting.host);
    const [oldest] = this.#others.keys();
    if (this.#others.size > OTHERS_MAX && oldest !== undefined) this.#others.delete(oldest);
  }

  #endSockets(host: string): void {
    for (const [key, { lasting }] of this.#others) {
      if (lasting?.kind === 'socket' && lasting.host === host) this.#others.delete(key);
    }
  }

  /** Hosts first, then the rest, each the oldest first. */
  get events(): T[] {
    return [...this.#hosts.values(), ...this.#others.values()];
  }
}
