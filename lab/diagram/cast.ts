import type { CallEvent } from '../model/event.ts';
import type { Role } from '../model/host-state.ts';
import { LaneDeal } from '../timeline/cast/lane-deal.ts';
import { isGroup } from '../timeline/packets/addresses.ts';
import type { PacketStep, Step } from '../timeline/step.ts';
import { msOf } from '../util/nanoseconds.ts';
import { Activity } from './activity.ts';
import { ColumnOrder } from './column-order.ts';
import { type Lane, lanesIn, placeLanes } from './columns.ts';

/** Clients left of their servers: what begins stands where people begin to read. */
const order: readonly (Role | undefined)[] = [
  'tcp-client',
  'tcp-server',
  'udp-client',
  'udp-echo-server',
  undefined,
];

interface Member {
  readonly role: Role | undefined;
  readonly address: string | undefined;
  /** The host whose network it shares. */
  readonly owner: string | undefined;
  /** It waits for others to begin. */
  readonly serves: boolean;
  /** Not only a peer of a host. */
  readonly isHost: boolean;
  readonly isUp: boolean;
}

/** The hosts that have a column. */
export interface Places {
  readonly lanes: readonly Lane[];
  /** Hosts that are up, and have none. */
  readonly others: number;
  /** Whether there are so many others that what they do among themselves would hide the rest. */
  readonly areOthersFolded: boolean;
}

/** So many never have columns beside each other: further strangers, whose addresses may be forged, are not remembered. */
const MEMBERS_MAX = 1000;

/** Assigns the columns, by the steps so far. */
export class Cast {
  readonly #members = new Map<string, Member>();
  readonly #chosen: readonly string[];
  readonly #activity = new Activity();
  readonly #deal = new LaneDeal();
  readonly #order = new ColumnOrder();
  #nowMs = 0;
  /** Until a host is added, or the width changes. */
  #places: (Places & { readonly width: number }) | undefined;

  /** @param chosen hosts that come first, in this order */
  constructor(chosen: readonly string[] = []) {
    this.#chosen = chosen;
    for (const host of chosen) this.#learn(host, { isHost: true });
  }

  /** The address to show below a host's name. */
  addressOf(host: string): string | undefined {
    return this.#members.get(host)?.address;
  }

  /** Steps that are to be drawn with the same columns. */
  learn(steps: readonly Step[]): void {
    for (const step of steps) {
      this.#learnStep(step);
      this.#activity.learn(step);
      this.#nowMs = Math.max(this.#nowMs, msOf(step.atNs));
    }
    this.#places = undefined;
  }

  /** A column for each; where they do not fit, for the hosts; where these do not fit either, for those that talk most. */
  places(width: number): Places {
    if (this.#places?.width !== width) this.#places = { ...this.#place(width), width };
    return this.#places;
  }

  #place(width: number): Places {
    const room = lanesIn(width);
    const members = [...this.#members.keys()];
    const hosts = members.filter((host) => this.#members.get(host)?.isHost);
    const shown = [members, hosts].find((all) => all.length <= room) ?? this.#dealt(hosts, room);
    const others = hosts.filter((host) => !shown.includes(host) && this.#members.get(host)?.isUp);
    return {
      lanes: placeLanes(this.#order.next(this.#sorted(shown), this.#nowMs), width),
      others: others.length,
      // Without room for any column there is only the list.
      areOthersFolded: room > 0 && others.length > room,
    };
  }

  #dealt(hosts: readonly string[], room: number): readonly string[] {
    const atMs = this.#nowMs;
    return this.#deal.next(this.#activity.scores(hosts, atMs), { room, atMs });
  }

  /** Hosts of one rank, in the order in which they came, each followed by those that share its network. */
  #sorted(hosts: readonly string[]): string[] {
    const ownerOf = (host: string) => this.#members.get(host)?.owner;
    const sorted = hosts.toSorted((a, b) => this.#rank(a) - this.#rank(b));
    const isGuest = (host: string) => sorted.includes(ownerOf(host) ?? '');
    return sorted.flatMap((host) => {
      if (isGuest(host)) return [];
      return [host, ...sorted.filter((guest) => ownerOf(guest) === host)];
    });
  }

  /** Strangers come last. */
  #rank(host: string): number {
    const chosen = this.#chosen.indexOf(host);
    if (chosen >= 0) return chosen - this.#chosen.length;
    const { isHost, role = roleByName(host), serves } = this.#members.get(host) ?? {};
    if (!isHost) return order.length;
    return order.indexOf(role) + (role === undefined && serves ? 0.5 : 0);
  }

  #learnStep(step: Step): void {
    if (step.kind === 'host') {
      const { role, addresses, state, sharesNetworkOf: owner } = step.state;
      const isUp = state === 'running' || state === 'paused';
      const address = owner === undefined ? addressesInShort(addresses) : `with ${owner}`;
      this.#learn(step.host, { role, address, owner, isHost: true, isUp });
      return;
    }
    const serves = step.kind === 'call' && isOfServer(step.call);
    this.#learn(step.host, { isHost: true, ...(serves && { serves }) });
    if (step.kind !== 'packet' || !this.#isTalk(step)) return;
    for (const host of [step.from, step.to]) this.#learn(host, {});
  }

  #learn(host: string, news: Partial<Member>): void {
    const known = this.#members.get(host);
    const {
      role,
      address,
      owner,
      serves = false,
      isHost = false,
      isUp = true,
    } = {
      ...known,
      ...news,
    };
    if (known === undefined && !isHost && this.#members.size >= MEMBERS_MAX) return;
    this.#members.set(host, { role, address, owner, serves, isHost, isUp });
  }

  /** Whether a packet belongs to a conversation: a query to a group does not, unless both hosts are known. */
  #isTalk({ packet, from, to }: PacketStep): boolean {
    const isKnown = this.#members.has(from) && this.#members.has(to);
    return isKnown || ((packet.tcp ?? packet.udp) !== undefined && !isGroup(packet));
  }
}

/** The first one, and how many more there are on other networks. */
function addressesInShort(addresses: readonly string[]): string | undefined {
  const others =
    addresses.filter((address) => isIpv4(address) === isIpv4(addresses[0] ?? '')).length - 1;
  return others > 0 ? `${addresses[0]} +${others}` : addresses[0];
}

const isIpv4 = (address: string) => !address.includes(':');

/** A program of a learner's own plays the role that its host is named for. */
function roleByName(host: string): Role | undefined {
  return order.find((role) => role !== undefined && host.startsWith(role));
}

function isOfServer({ call, peer }: CallEvent): boolean {
  return (
    call === 'listen' ||
    call === 'accept' ||
    (call === 'bind' && peer !== undefined && peer.port > 0)
  );
}
