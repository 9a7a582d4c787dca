import type { Role } from '../../lab/index.ts';
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
}

/** Who has a column, as far as the steps have told. */
export class Cast {
  readonly #members = new Map<string, Member>();
  readonly #chosen: readonly string[];

  /** @param chosen hosts that come first, in this order */
  constructor(chosen: readonly string[] = []) {
    this.#chosen = chosen;
    for (const host of chosen) this.#learn(host, {});
  }

  /** The address to show below a host's name. */
  addressOf(host: string): string | undefined {
    return this.#members.get(host)?.address;
  }

  learn(step: Step): void {
    if (step.kind === 'host') {
      const { role, addresses } = step.state;
      this.#learn(step.host, { role, address: addresses[0] });
    } else if (step.kind === 'packet') {
      if (this.#isTalk(step))
        for (const host of [step.from, step.to]) this.#learn(host, { talks: true });
      else this.#learn(step.host, {});
    } else {
      this.#learn(step.host, step.kind === 'call' ? { talks: true } : {});
    }
  }

  /** A column for each host; where they do not cut, for each that talks; `undefined` where these do not fit either. */
  lanes(width: number): Lane[] | undefined {
    const talking = this.#sorted.filter((host) => this.#members.get(host)?.talks);
    return placeLanes(this.#sorted, width) ?? placeLanes(talking, width);
  }

  get #sorted(): string[] {
    const rank = (host: string) => {
      const chosen = this.#chosen.indexOf(host);
      return chosen >= 0
        ? chosen - this.#chosen.length
        : order.indexOf(this.#members.get(host)?.role);
    };
    return [...this.#members.keys()].sort((a, b) => rank(a) - rank(b));
  }

  #learn(host: string, news: Partial<Member>): void {
    const known = this.#members.get(host);
    const { role = known?.role, address = known?.address, talks = known?.talks ?? false } = news;
    this.#members.set(host, { role, address, talks });
  }

  /** Whether both ends are somebody to draw; a question to all is nobody's. */
  #isTalk({ packet, from, to }: PacketStep): boolean {
    const isKnown = this.#members.has(from) && this.#members.has(to);
    return isKnown || ((packet.tcp ?? packet.udp) !== undefined && !isGroup(packet));
  }
}
