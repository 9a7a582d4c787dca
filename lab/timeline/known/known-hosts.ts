import type { FaultEvent, HostEvent } from '../../model/event.ts';
import { linkLocalOf } from '../../model/link-local.ts';
import { LruMap } from '../../util/lru-map.ts';

const ADDRESSES_MAX = 4096;
const FAULTS_MAX = 4096;

type Learned = Pick<HostEvent, 'host' | 'addresses' | 'hardwareAddresses' | 'sharesNetworkOf'>;

/** Which host has an address, as far as is known from the events. */
export class KnownHosts {
  readonly #names = new LruMap<string, string>(ADDRESSES_MAX);
  /** By the host and the id of a fault. */
  readonly #senders = new LruMap<string, string>(FAULTS_MAX);
  readonly #addresses = new Map<string, Set<string>>();
  /** The addresses that each host was reported to have. */
  readonly #reported = new LruMap<string, ReadonlySet<string>>(ADDRESSES_MAX);
  /** Of hosts that share the network of another host, that one. */
  readonly #networks = new LruMap<string, string>(ADDRESSES_MAX);

  /** A report outweighs what packets show: a host may forward the packets of others. */
  learn(event: Learned): void {
    const { host, addresses, sharesNetworkOf: owner } = event;
    if (owner !== undefined) {
      this.#networks.set(host, owner);
      return;
    }
    this.#networks.delete(host);
    this.#reported.set(host, new Set(addresses));
    const ofLink = (event.hardwareAddresses ?? []).flatMap((mac) => linkLocalOf(mac) ?? []);
    for (const address of [...addresses, ...ofLink]) this.learnAddress(host, address);
  }

  /** The host whose network a host uses: itself, unless it shares that of another. */
  networkOf(host: string): string {
    return this.#networks.get(host) ?? host;
  }

  /** A packet shows that an address is a host's, unless it is reported to be another's: then this host only forwards it. */
  see(host: string, address: string): void {
    const owner = this.#names.peek(address);
    const isAnothers =
      owner !== undefined && owner !== host && this.#reported.get(owner)?.has(address);
    if (!isAnothers) this.learnAddress(host, address);
  }

  /** Which sender's packets a fault at a host applies to. */
  learnFault({ host, fault, from }: FaultEvent): void {
    if (from) this.#senders.set(`${host} ${fault}`, from);
  }

  senderOf(host: string, fault: string): string | undefined {
    return this.#senders.get(`${host} ${fault}`);
  }

  /** The latest host counts: an address can pass to another one. */
  learnAddress(host: string, address: string): void {
    const former = this.#names.get(address);
    if (former === host) return;
    if (former !== undefined) this.#takeFrom(former, address);
    const all = this.#addresses.get(host) ?? new Set();
    this.#addresses.set(host, all.add(address));
    const gone = this.#names.set(address, host);
    if (gone) this.#takeFrom(gone[1], gone[0]);
  }

  /** The host's name, or the address itself where no host is known to have it. */
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
