import type { Host } from '../hosts/host.ts';
import type { PacketEvent } from '../model/event.ts';
import type { MatcherResult } from './matcher-result.ts';
import { Retransmission } from './retransmission.ts';
import { SeenPackets } from './seen-packets.ts';
import { shown, witnessOf } from './segments.ts';

/** Whose retransmission is looked for. */
export interface RetransmissionOptions {
  /** The host that sends again. */
  readonly from: Host;
  /** The host that it sends to. */
  readonly to: Host;
  /** The destination port. Default: any. */
  readonly port?: number;
  /** How long to wait for packets of a live capture, in milliseconds; a stopped capture is read to its end. Default: 5,000. */
  readonly withinMs?: number;
}

/**
 * Looks for a retransmitted TCP segment in a capture; see `Matchers.toHaveRetransmission`.
 *
 * @throws {TypeError} if it is neither a capture nor a list of events, or neither host was captured.
 */
export async function toHaveRetransmission(
  subject: unknown,
  { from, to, port, withinMs = 5000 }: RetransmissionOptions,
): Promise<MatcherResult> {
  const seen = SeenPackets.of(subject, 'toHaveRetransmission');
  // The sender sees what was lost on its way, too.
  const witness = witnessOf(seen, [from, to], 'toHaveRetransmission');
  const filter = { from: from.addresses, to: to.addresses };
  const retransmission = new Retransmission(port === undefined ? filter : { ...filter, port });
  const segments: PacketEvent[] = [];
  const pass = await seen.until((event) => {
    if (event.host !== witness || !retransmission.concerns(event)) return false;
    segments.push(event);
    return retransmission.add(event);
  }, withinMs);
  const wish = `expected ${pass ? 'no' : 'a'} retransmission from host "${from.name}" to host "${to.name}"`;
  const at = port === undefined ? '' : ` on port ${port}`;
  const count = pass
    ? '  the last of these segments repeats an earlier one:'
    : `  none of ${segments.length} segments repeats an earlier one`;
  return { pass, message: () => [wish + at, count, ...shown(segments)].join('\n') };
}
