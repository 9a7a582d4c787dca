import { LruMap } from '../../util/lru-map.ts';

const HOSTS_MAX = 4096;
const SPANS_MAX = 64;

interface Span {
  fromNs: number;
  toNs: number;
}

/**
 * When each host's packets were looked at. What nobody looked at may have arrived unseen: captures do not all begin at once, and
 * that of a host ends with the host.
 */
export class Captures {
  /** In the order of time. */
  readonly #spans = new LruMap<string, Span[]>(HOSTS_MAX);

  /** Somebody looks at that time: a capture began, or a packet was seen. */
  begin(host: string, ns: number): void {
    const spans = this.#spans.peek(host) ?? [];
    const at = spans.findIndex(({ toNs }) => ns <= toNs);
    const next = spans[at];
    if (next) next.fromNs = Math.min(next.fromNs, ns);
    else spans.push({ fromNs: ns, toNs: Number.POSITIVE_INFINITY });
    if (spans.length > SPANS_MAX) spans.shift();
    this.#spans.set(host, spans);
  }

  /** From then on nobody looks, until somebody does again. */
  end(host: string, ns: number): void {
    const span = this.#spans.peek(host)?.find(({ fromNs, toNs }) => fromNs <= ns && ns < toNs);
    if (span) span.toNs = ns;
  }

  /** Whether somebody looked all the time. */
  covers(host: string, fromNs: number, toNs: number): boolean {
    const spans = this.#spans.peek(host) ?? [];
    return spans.some((span) => span.fromNs <= fromNs && toNs <= span.toNs);
  }
}
