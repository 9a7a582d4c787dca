import { LruMap } from '../../util/lru-map.ts';
import type { CallRecord } from '../records/call-record.ts';
import type { PacketRecord } from '../records/packet-record.ts';

const HOSTS_MAX = 4096;
/** Packets of a host that are remembered, as its next run may show that its last calls were not told. */
const DOUBTFUL_MAX = 256;

interface TracedHost {
  /** Undefined where nobody traces it now. */
  sinceNs?: number | undefined;
  endedNs: number;
  /** When its latest call began. */
  latestNs: number;
  /** Packets behind its latest call that none explains. */
  doubtful: PacketRecord[];
}

/** Since when the calls of each host are told: what it sends from then on has a call that explains it, if it was made by one. */
export class TracedHosts {
  readonly #hosts = new LruMap<string, TracedHost>(HOSTS_MAX);

  /**
   * @param ns when the call began, or was found to be so
   */
  learn({ network, call: { stage, tookNs = 0 } }: CallRecord, ns: number): void {
    const traced = this.#of(network);
    // What a host did that has ended may still be told.
    if (ns <= traced.endedNs) return;
    traced.latestNs = Math.max(traced.latestNs, ns);
    traced.doubtful = traced.doubtful.filter(({ departure }) => (departure?.ns ?? ns) > ns);
    traced.sinceNs ??= ns + (stage === 'present' ? tookNs : 0);
  }

  /** Undefined where nobody traces it. */
  since(host: string): number | undefined {
    return this.#hosts.peek(host)?.sinceNs;
  }

  /** No call explains it, so far. */
  doubt(record: PacketRecord): void {
    const { doubtful, latestNs } = this.#of(record.from);
    if ((record.departure?.ns ?? latestNs) < latestNs) return;
    doubtful.push(record);
    if (doubtful.length > DOUBTFUL_MAX) doubtful.shift();
  }

  /** Whoever traced it has ended. */
  end(host: string, ns: number): void {
    Object.assign(this.#of(host), { sinceNs: undefined, endedNs: ns });
  }

  /** The host itself had ended, and with it the trace: its last calls may not have been told. @returns what they may explain */
  cutOff(host: string): readonly PacketRecord[] {
    return this.#of(host).doubtful.splice(0);
  }

  #of(host: string): TracedHost {
    const known = this.#hosts.get(host);
    if (known) return known;
    const begun: TracedHost = {
      endedNs: Number.NEGATIVE_INFINITY,
      latestNs: Number.NEGATIVE_INFINITY,
      doubtful: [],
    };
    this.#hosts.set(host, begun);
    return begun;
  }
}
