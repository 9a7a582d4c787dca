import type { HostEvent } from '../event.ts';

const ADDRESSES_MAX = 4096;

/** Whose an address is, and at whose packets somebody looks, as far as the events have told. */
export class KnownHosts {
  readonly #names = new Map<string, string>();
  readonly #addresses = new Map<string, Set<string>>();
  /** When each host's first packet was seen. */
  readonly #capturedNs = new Map<string, number>();

  learn({ host, addresses }: Pick<HostEvent, 'host' | 'addresses'>): void {
    for (const address of addresses) this.learnAddress(host, address);
  }

  /** A later one holds: an address can go to another host. */
  learnAddress(host: string, address: string): void {
    if (this.#names.get(address) === host || this.#names.size >= ADDRESSES_MAX) return;
    this.#addresses.get(this.#names.get(address) ?? '')?.delete(address);
    this.#names.set(address, host);
    const all = this.#addresses.get(host) ?? new Set();
    this.#addresses.set(host, all.add(address));
  }

  captured(host: string, ns: number): void {
    const known = this.#capturedNs.get(host);
    if (known !== undefined && known <= ns) return;
    if (known !== undefined || this.#capturedNs.size < ADDRESSES_MAX)
      this.#capturedNs.set(host, ns);
  }

  isCapturedAt(host: string, ns: number): boolean {
    return (this.#capturedNs.get(host) ?? Number.POSITIVE_INFINITY) <= ns;
  }

  /** The host's name, or the address where no host is known to have it. */
  nameOf(address: string): string {
    return this.#names.get(address) ?? address;
  }

  addressesOf(host: string): Iterable<string> {
    return this.#addresses.get(host) ?? [];
  }
}
