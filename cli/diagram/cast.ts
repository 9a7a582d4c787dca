import type { CallEvent, Role } from '../../lab/index.ts';
import { isGroup } from '../../lab/timeline/ends.ts';
import type { PacketStep, Step } from '../../lab/timeline/step.ts';
import { type Lane, placeLanes } from './columns.ts';

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
  readonly talks: boolean;
  /** It waits for others to begin. */
  readonly serves: boolean;
  /** Not only somebody that a host talks with. */
  readonly isHost: boolean;
}

/** Who has a column, as far as the steps have told. */
export class Cast {
  readonly #members = new Map<string, Member>();
  readonly #chosen: readonly string[];

  /** @param chosen hosts that come first, in this order */
  constructor(chosen: readonly string[] = []) {
    this.#chosen = chosen;
    for (const host of chosen) this.#learn(host, { isHost: true });
  }

  /** The address to show below a host's name. */
  addressOf(host: string): string | undefined {
    return this.#members.get(host)?.address;
  }

  learn(step: Step): void {
    if (step.kind === 'host') {
      const { role, addresses } = step.state;
      this.#learn(step.host, { role, address: addresses[0], isHost: true });
    } else {
      const talks = step.kind === 'call' || (step.kind === 'packet' && this.#isTalk(step));
      const serves = step.kind === 'call' && isOfServer(step.call);
      this.#learn(step.host, { isHost: true, ...(talks && { talks }), ...(serves && { serves }) });
      if (step.kind === 'packet' && talks) {
        for (const host of [step.from, step.to]) this.#learn(host, { talks });
      }
    }
  }

  /** A column for each; where they do not fit, for the hosts, or those that talk; `undefined` where these do not fit either. */
  lanes(width: number): Lane[] | undefined {
    const hosts = this.#sorted.filter((host) => this.#members.get(host)?.isHost);
    const talking = hosts.filter((host) => this.#members.get(host)?.talks);
    return (
      placeLanes(this.#sorted, width) ?? placeLanes(hosts, width) ?? placeLanes(talking, width)
    );
  }

  get #sorted(): string[] {
    return [...this.#members.keys()].sort((a, b) => this.#rank(a) - this.#rank(b));
  }

  /** Strangers come last. */
  #rank(host: string): number {
    const chosen = this.#chosen.indexOf(host);
    if (chosen >= 0) return chosen - this.#chosen.length;
    const { isHost, role = roleByName(host), serves } = this.#members.get(host) ?? {};
    if (!isHost) return order.length;
    return order.indexOf(role) + (role === undefined && serves ? 0.5 : 0);
  }

  #learn(host: string, news: Partial<Member>): void {
    const known = this.#members.get(host);
    const { role, address, talks = false, serves = false, isHost = false } = { ...known, ...news };
    this.#members.set(host, { role, address, talks, serves, isHost });
  }

  /** Whether both ends are somebody to draw; a question to all is nobody's. */
  #isTalk({ packet, from, to }: PacketStep): boolean {
    const isKnown = this.#members.has(from) && this.#members.has(to);
    return isKnown || ((packet.tcp ?? packet.udp) !== undefined && !isGroup(packet));
  }
}

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
