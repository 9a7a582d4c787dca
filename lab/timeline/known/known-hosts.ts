import type { FaultEvent, HostEvent } from '../../model/event.ts';
import { linkLocalOf } from '../../model/link-local.ts';
import { LruMap } from '../../util/lru-map.ts';

const ADDRESSES_MAX = 4096;
const FAULTS_MAX = 4096;

type Learned = Pick<HostEvent, 'host' | 'addresses' | 'hardwareAddresses' | 'sharesNetworkOf'>;

/** Whose an address is, as far as the events have told. */
export class KnownHosts {
  readonly #names = new LruMap<string, string>(ADDRESSES_MAX);
  /** By the host and the id of a fault. */
  readonly #senders = new LruMap<string, string>(FAULTS_MAX);
  readonly #addresses = new Map<string, Set<string>>();
  /** What each host has said that its addresses are. */
  readonly #told = new LruMap<string, ReadonlySet<string>>(ADDRESSES_MAX);
  /** Of hosts without a network of their own, whose they share. */
  readonly #networks = new LruMap<string, string>(ADDRESSES_MAX);

  /** What it says of itself holds more than what is seen: a host may forward the packets of others. */
  learn(event: Learned): void {
    const { host, addresses, sharesNetworkOf: owner } = event;
    if (owner !== undefined) {
      this.#networks.set(host, owner);
      return;
    }
    this.#networks.delete(host);
    this.#told.set(host, new Set(addresses));
    const ofLink = (event.hardwareAddresses ?? []).flatMap((mac) => linkLocalOf(mac) ?? []);
    for (const address of [...addresses, ...ofLink]) this.learnAddress(host, address);
  }

  /** Whose network a host has: its own, unless it shares that of another one. */
  networkOf(host: string): string {
    return this.#networks.get(host) ?? host;
  }

  /** A packet shows that an address is a host's, unless it has been told whose it is: then this one only forwards it. */
  see(host: string, address: string): void {
    const owner = this.#names.peek(address);
    const isAnothers = owner !== undefined && owner !== host && this.#told.get(owner)?.has(address);
    if (!isAnothers) this.learnAddress(host, address);
  }

  /** Whose packets a fault at a host is for. */
  learnFault({ host, fault, from }: FaultEvent): void {
    if (from) this.#senders.set(`${host} ${fault}`, from);
  }

  senderOf(host: string, fault: string): string | undefined {
    return this.#senders.get(`${host} ${fault}`);
  }

  /** A later one holds: an address can go to another host. */
  learnAddress(host: string, address: string): void {
    const former = this.#names.get(address);
    if (former === host) return;
    if (former !== undefined) this.#takeFrom(former, address);
    const all = this.#addresses.get(host) ?? new Set();
    this.#addresses.set(host, all.add(address));
    const gone = this.#names.set(address, host);
    if (gone) this.#takeFrom(gone[1], gone[0]);
  }

  /** The host's name, or the address where no host is known to have it. */
  nameOf(address: string): string {
    return this.#names.peek(address) ?? address;
  }

  addressesOf(host: string): Iterable<string> {
    return this.#addresses.get(host) ?? [];
  }
  #takeFrom(host: string, address: string): void {
    const all = this.#addresses.get(host);
    all?.delete(address);
    if (all?.size === 0) this.#addresses.delete(host);
  }
}

/** Whether a host has a network now. */
export function isUp({ state }: HostEvent): boolean {
  return state === 'running' || state === 'paused';
}
