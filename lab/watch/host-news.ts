import type { Host } from '../hosts/host.ts';
import type { HostEvent } from '../model/event.ts';
import { hostEvent } from './host-event.ts';
import type { WatchedHost } from './watched-hosts.ts';

/** What there is to tell of hosts, each time that they have been looked at. */
export class HostNews {
  /** What was told of each host last, by its name. */
  readonly #told = new Map<string, { readonly event: HostEvent; readonly run: string }>();

  /**
   * What has changed since the last time, in the order of time. A host that was up in another run has ended meanwhile, although
   * nobody saw it: the engine starts one again within milliseconds.
   */
  of(watched: WatchedHost): HostEvent[] {
    const { host } = watched;
    // Not up yet; whether one looks before it is or after is chance.
    if (host.state === 'created') return [];
    const event = hostEvent(watched);
    const run = `${host.id} ${host.startedAt.toISOString()}`;
    const last = this.#told.get(host.name);
    const isAnother = host.isUp && last !== undefined && last.run !== run;
    this.#told.set(host.name, { event, run });
    if (isAnother && isUp(last.event)) return [endOf(last.event, host), event];
    return last && !isAnother && isSame(last.event, event) ? [] : [event];
  }
}

const isUp = ({ state }: HostEvent) => state === 'running' || state === 'paused';

const isSame = (one: HostEvent, other: HostEvent) =>
  JSON.stringify({ ...one, atNs: '' }) === JSON.stringify({ ...other, atNs: '' });

/** How the run ended that was told of last. */
function endOf({ host: name, role }: HostEvent, { finishedAt, startedAt }: Host): HostEvent {
  const atNs = `${(finishedAt ?? startedAt).getTime()}000000`;
  return { kind: 'host', atNs, host: name, ...(role && { role }), state: 'exited', addresses: [] };
}
