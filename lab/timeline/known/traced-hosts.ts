import { LruMap } from '../../util/lru-map.ts';
import type { CallRecord } from '../records/call-record.ts';
import type { PacketRecord } from '../records/packet-record.ts';

const HOSTS_MAX = 4096;
/** Packets of a host that are remembered, as its next run may show that its last calls were not reported. */
const DOUBTFUL_MAX = 256;

interface TracedHost {
  /** Undefined while it is not traced. */
  sinceNs?: number | undefined;
  endedNs: number;
  /** When its latest call began. */
  latestNs: number;
  /** Packets after its latest call that no call explains. */
  doubtful: PacketRecord[];
}

/** Since when each host is traced: from then on, what a call made the kernel send has a call that explains it. */
export class TracedHosts {
  readonly #hosts = new LruMap<string, TracedHost>(HOSTS_MAX);

  /** @param ns when the call began, or was found in progress */
  learn({ network, call: { stage, tookNs = 0 } }: CallRecord, ns: number): void {
    const traced = this.#of(network);
    // The calls of a host that has ended may be reported late.
    if (ns <= traced.endedNs) return;
    traced.latestNs = Math.max(traced.latestNs, ns);
    traced.doubtful = traced.doubtful.filter(({ departure }) => (departure?.ns ?? ns) > ns);
    traced.sinceNs ??= ns + (stage === 'present' ? tookNs : 0);
  }

  /** Undefined where it is not traced. */
  since(host: string): number | undefined {
    return this.#hosts.peek(host)?.sinceNs;
  }

  /** No call explains it so far. */
  doubt(record: PacketRecord): void {
    const { doubtful, latestNs } = this.#of(record.from);
    if ((record.departure?.ns ?? latestNs) < latestNs) return;
    doubtful.push(record);
    if (doubtful.length > DOUBTFUL_MAX) doubtful.shift();
  }

  /** Its trace has ended. */
  end(host: string, ns: number): void {
    Object.assign(this.#of(host), { sinceNs: undefined, endedNs: ns });
  }

  /** The host itself had ended, and its trace with it: its last calls may be missing. @returns the packets that they may explain */
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
