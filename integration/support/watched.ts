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

  /** The steps of the latest conversation that every side has closed, and whose packets have all ended; none until there is one. */
  lastConversation(protocol: 'tcp' | 'udp'): readonly Step[] {
    const { steps, conversations } = timelineOf(this.events);
    // The server's socket over UDP is for every client, and stays open.
    const closes = protocol === 'tcp' ? 2 : 1;
    return (
      conversations
        .filter((one) => one.protocol === protocol)
        .map(({ id }) => steps.filter(({ conversation }) => conversation === id))
        .findLast(
          (own) =>
            callsOf(own, 'close').length === closes && hasSends(own, protocol) && hasArrivals(own),
        ) ?? []
    );
  }

  async #gather(watch: Watch): Promise<void> {
    for await (const event of watch) this.events.push(event);
  }
}

/** The calls may be reported before the last packet has been captured where it arrived. */
function hasArrivals(steps: readonly Step[]): boolean {
  return packetsOf(steps).every(({ endNs }) => endNs !== undefined);
}

/** The client's `close` may be reported before the calls of the server that sent it its datagrams. */
function hasSends(steps: readonly Step[], protocol: 'tcp' | 'udp'): boolean {
  const isCaused = ({ links }: Step) => links.some(({ kind }) => kind === 'caused-by');
  return protocol === 'tcp' || packetsOf(steps).every(isCaused);
}
