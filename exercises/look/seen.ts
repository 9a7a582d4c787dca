import {
  type CallName,
  type CallStep,
  type Conversation,
  type PacketStep,
  type Step,
  Timeline,
} from '../../lab/index.ts';
import type { LabEvent } from '../../lab/model/event.ts';
import { isAside } from '../../lab/timeline/cast/aside.ts';

/** The events of a scene have all come. */
const LATENESS_MS = 5000;

/** What was seen of a scene, as answers are read off it. */
export class Seen {
  /** In the order of time, without name look-ups, ARP and the like, and without packets to or from anybody but the hosts. */
  readonly steps: readonly Step[];
  /** In the order in which they began. */
  readonly conversations: readonly Conversation[];
  /** The IPv4 address of each host, by name. */
  readonly addresses: ReadonlyMap<string, string>;

  constructor(events: readonly LabEvent[], addresses: ReadonlyMap<string, string>) {
    const timeline = new Timeline({ latenessMs: LATENESS_MS });
    for (const event of events) timeline.add(event);
    timeline.end();
    this.addresses = addresses;
    this.steps = timeline.steps.filter((step) => !isAside(step) && this.#isAmongHosts(step));
    this.conversations = timeline.conversations;
  }

  /** The calls of one name, at one host. */
  calls(host: string, name: CallName): CallStep[] {
    const isIt = (step: Step): step is CallStep => step.kind === 'call' && step.call.call === name;
    return this.steps.filter(isIt).filter((step) => step.host === host);
  }

  /** The network's gateway, which is the machine itself, may send of its own accord. */
  #isAmongHosts(step: Step): boolean {
    if (step.kind !== 'packet') return true;
    return [step.from, step.to].every((host) => this.addresses.has(host));
  }

  /** All packets of conversations. @param from only those that this host has sent */
  packets(from?: string): PacketStep[] {
    const isIt = (step: Step): step is PacketStep => step.kind === 'packet';
    return this.steps.filter(isIt).filter((step) => from === undefined || step.from === from);
  }
}
