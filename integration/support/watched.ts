import type { LabEvent, Step, Watch } from '../../lab/index.ts';
import { callsOf, packetsOf, timelineOf } from '../../lab/timeline/testing/recorded.ts';

/** What a watch has reported so far, and the timeline that results. */
export class Watched {
  readonly events: LabEvent[] = [];
  /** Resolves when the watch has ended. */
  readonly ended: Promise<void>;

  constructor(watch: Watch) {
    this.ended = this.#gather(watch);
  }

  /** The events of one kind. */
  of<Kind extends LabEvent['kind']>(kind: Kind): Extract<LabEvent, { kind: Kind }>[] {
    const isIt = (event: LabEvent): event is Extract<LabEvent, { kind: Kind }> =>
      event.kind === kind;
    return this.events.filter(isIt);
  }

  get steps(): readonly Step[] {
    return timelineOf(this.events).steps;
  }

  /** The steps of the latest conversation that is over, as far as its calls and its packets tell; none until there is one. */
  lastConversation(protocol: 'tcp' | 'udp'): readonly Step[] {
    const { steps, conversations } = timelineOf(this.events);
    const over = conversations
      .filter((one) => one.protocol === protocol && (protocol === 'udp' || one.state === 'closed'))
      .map(({ id }) => steps.filter(({ conversation }) => conversation === id))
      .findLast((own) => isClosed(own, protocol) && hasArrivals(own));
    return over ?? [];
  }

  async #gather(watch: Watch): Promise<void> {
    for await (const event of watch) this.events.push(event);
  }
}

/** The server's socket over UDP is for every client, and stays open: there, nothing may be missing of what was sent. */
function isClosed(steps: readonly Step[], protocol: 'tcp' | 'udp'): boolean {
  const closes = callsOf(steps, 'close').length;
  if (protocol === 'tcp') return closes === 2;
  const sends = [...callsOf(steps, 'sendto'), ...callsOf(steps, 'sendmsg')];
  return closes === 1 && have(sends, 'caused') && have(packetsOf(steps), 'caused-by');
}

function have(steps: readonly Step[], link: 'caused' | 'caused-by'): boolean {
  return steps.every(({ links }) => links.some(({ kind }) => kind === link));
}

/** The calls may be reported before the last packet has been captured where it arrived. */
function hasArrivals(steps: readonly Step[]): boolean {
  return packetsOf(steps).every(({ endNs }) => endNs !== undefined);
}
