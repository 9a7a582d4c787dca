import type { Host } from '../hosts/host.ts';
import type { HostEvent } from '../model/event.ts';
import { hostEvent } from './host-event.ts';
import type { WatchedHost } from './watched-hosts.ts';

/** Finds out what has changed at hosts since they were last looked at. */
export class HostNews {
  /** The last event of each host, by its name. */
  readonly #reported = new Map<string, { readonly event: HostEvent; readonly run: string }>();

  /**
   * What has changed since the last time, in time order. A host that was up, and is up in another run now, has stopped in
   * between, although that was not seen: the engine restarts a host within milliseconds.
   */
  of(watched: WatchedHost): HostEvent[] {
    const { host } = watched;
    // Not up yet: whether a look sees this state is a matter of timing.
    if (host.state === 'created') return [];
    const event = hostEvent(watched);
    const run = `${host.id} ${host.startedAt.toISOString()}`;
    const last = this.#reported.get(host.name);
    const isAnother = host.isUp && last !== undefined && last.run !== run;
    this.#reported.set(host.name, { event, run });
    if (isAnother && isUp(last.event)) return [endOf(last.event, host), event];
    return last && !isAnother && isSame(last.event, event) ? [] : [event];
  }
}

const isUp = ({ state }: HostEvent) => state === 'running' || state === 'paused';

const isSame = (one: HostEvent, other: HostEvent) =>
  JSON.stringify({ ...one, atNs: '' }) === JSON.stringify({ ...other, atNs: '' });

/** The end of the run that was last reported. */
function endOf({ host: name, role }: HostEvent, { finishedAt, startedAt }: Host): HostEvent {
  const atNs = `${(finishedAt ?? startedAt).getTime()}000000`;
  return { kind: 'host', atNs, host: name, ...(role && { role }), state: 'exited', addresses: [] };
}
