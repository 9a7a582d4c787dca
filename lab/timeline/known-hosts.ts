import type { FaultEvent, HostEvent } from '../event.ts';

const ADDRESSES_MAX = 4096;

/** Whose an address is, as far as the events have told. */
export class KnownHosts {
  readonly #names = new Map<string, string>();
  /** By the host and the id of a fault. */
  readonly #senders = new Map<string, string>();
  readonly #addresses = new Map<string, Set<string>>();

  learn({ host, addresses }: Pick<HostEvent, 'host' | 'addresses'>): void {
    for (const address of addresses) this.learnAddress(host, address);
  }

  /** Whose packets a fault at a host is for. */
  learnFault({ host, fault, from }: FaultEvent): void {
    if (from && this.#senders.size < ADDRESSES_MAX) this.#senders.set(`${host} ${fault}`, from);
  }

  senderOf(host: string, fault: string): string | undefined {
    return this.#senders.get(`${host} ${fault}`);
  }

  /** A later one holds: an address can go to another host. */
  learnAddress(host: string, address: string): void {
    if (this.#names.get(address) === host || this.#names.size >= ADDRESSES_MAX) return;
    this.#addresses.get(this.#names.get(address) ?? '')?.delete(address);
    this.#names.set(address, host);
    const all = this.#addresses.get(host) ?? new Set();
    this.#addresses.set(host, all.add(address));
  }

  /** The host's name, or the address where no host is known to have it. */
  nameOf(address: string): string {
    return this.#names.get(address) ?? address;
  }

  addressesOf(host: string): Iterable<string> {
    return this.#addresses.get(host) ?? [];
  }
}
