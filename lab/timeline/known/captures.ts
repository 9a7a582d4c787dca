import { LruMap } from '../../util/lru-map.ts';

const HOSTS_MAX = 4096;
const SPANS_MAX = 64;

interface Span {
  fromNs: number;
  toNs: number;
}

/**
 * When each host's packets were captured. A packet may have arrived unseen while they were not: captures do not all begin at the
 * same time, and a host's capture ends with the host.
 */
export class Captures {
  /** In time order. */
  readonly #spans = new LruMap<string, Span[]>(HOSTS_MAX);

  /** The host is captured at that time: its capture began, or a packet was seen. */
  begin(host: string, ns: number): void {
    const spans = this.#spans.peek(host) ?? [];
    const at = spans.findIndex(({ toNs }) => ns <= toNs);
    const next = spans[at];
    if (next) next.fromNs = Math.min(next.fromNs, ns);
    else spans.push({ fromNs: ns, toNs: Number.POSITIVE_INFINITY });
    if (spans.length > SPANS_MAX) spans.shift();
    this.#spans.set(host, spans);
  }

  /** It is not captured from then on, until its capture begins again. */
  end(host: string, ns: number): void {
    const span = this.#spans.peek(host)?.find(({ fromNs, toNs }) => fromNs <= ns && ns < toNs);
    if (span) span.toNs = ns;
  }

  /** Whether the host was captured all the time. */
  covers(host: string, fromNs: number, toNs: number): boolean {
    const spans = this.#spans.peek(host) ?? [];
    return spans.some((span) => span.fromNs <= fromNs && toNs <= span.toNs);
  }
}
