import { isDissolving } from '../../model/call-facts.ts';
import type { CallEvent } from '../../model/event.ts';
import { isLoopback } from '../packets/addresses.ts';
import type { CallStep, PacketStep, Step } from '../step.ts';

/** Calls that mean nothing where the rest of their socket is not shown. */
const frames: ReadonlySet<CallEvent['call']> = new Set(['socket', 'setsockopt', 'close']);

/**
 * Whether a step goes on beside the conversations: how a name is looked up before one, how a link finds its neighbors. There
 * is so much of it that it would hide the conversations.
 */
export function isAside(step: Step): boolean {
  if (step.conversation !== undefined) return false;
  if (step.kind === 'call') return isLookUp(step);
  return step.kind === 'packet' && isOfLink(step);
}

/**
 * UDP to a resolver, which in a container is on loopback, where no packet is captured; and sockets that are connected to port 0
 * only to learn which of the host's addresses would be used (RFC 6724, section 2; getaddrinfo(3)).
 */
function isLookUp({ call }: CallStep): boolean {
  const { socket, peer = socket?.remote } = call;
  if (socket?.protocol !== 'udp') return false;
  if (peer === undefined) return frames.has(call.call) || isDissolving(call);
  return peer.port === 0 || isLoopback(peer.address);
}

/** ARP, and its like in ICMPv6 (types 130 to 137 and 143: RFC 4861, RFC 9777). */
function isOfLink({ packet: { arp, icmpv6 } }: PacketStep): boolean {
  return arp !== undefined || (icmpv6 !== undefined && icmpv6.type >= 130 && icmpv6.type <= 143);
}
