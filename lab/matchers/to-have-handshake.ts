import type { Host } from '../hosts/host.ts';
import type { PacketEvent } from '../model/event.ts';
import { Handshake } from './handshake.ts';
import type { MatcherResult } from './matcher-result.ts';
import { SeenPackets } from './seen-packets.ts';
import { shown, witnessOf } from './segments.ts';

/** Which handshake is looked for. */
export interface HandshakeOptions {
  /** The host that opens the connection. */
  readonly from: Host;
  /** The host that it connects to. */
  readonly to: Host;
  /** The destination port. Default: any. */
  readonly port?: number;
  /** How long to wait for packets of a live capture, in milliseconds; a stopped capture is read to its end. Default: 5,000. */
  readonly withinMs?: number;
}

/**
 * Looks for a TCP handshake in a capture; see `Matchers.toHaveHandshake`.
 *
 * @throws {TypeError} if it is neither a capture nor a list of events, or neither host was captured.
 */
export async function toHaveHandshake(
  subject: unknown,
  { from, to, port, withinMs = 5000 }: HandshakeOptions,
): Promise<MatcherResult> {
  const seen = SeenPackets.of(subject, 'toHaveHandshake');
  const witness = witnessOf(seen, [to, from], 'toHaveHandshake');
  const handshake = new Handshake({
    from: from.addresses,
    to: to.addresses,
    ...(port !== undefined && { port }),
  });
  const segments: PacketEvent[] = [];
  const pass = await seen.until((event) => {
    if (event.host !== witness || !handshake.concerns(event)) return false;
    segments.push(event);
    return handshake.add(event);
  }, withinMs);
  const wish = `expected ${pass ? 'no' : 'a'} TCP handshake from host "${from.name}" to host "${to.name}"`;
  const at = port === undefined ? '' : ` on port ${port}`;
  return { pass, message: () => [wish + at, missing(handshake), ...shown(segments)].join('\n') };
}

function missing({ furthest }: Handshake): string {
  switch (furthest) {
    case 'nothing':
      return '  there was no SYN: no connection was attempted';
    case 'SYN':
      return '  there was a SYN, but no SYN-ACK to it';
    case 'SYN-ACK':
      return '  there were a SYN and its SYN-ACK, but no ACK to that';
    case 'ACK':
      return '  there were a SYN, its SYN-ACK and the ACK to that';
  }
}
