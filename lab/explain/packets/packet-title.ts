import type { Arp, Packet, Tcp } from '../../model/packet.ts';
import { fragmentOf } from '../../timeline/packets/packet-key.ts';
import type { PacketStep } from '../../timeline/step.ts';
import { bytesText, TITLE_MAX, words } from '../phrases.ts';
import { icmpName } from './icmp-name.ts';
import { payloadPreview, shorten } from './preview.ts';

/** What a packet is in a few words. */
export function packetTitle(packet: Packet): string {
  const { arp, icmp, icmpv6, payloadLength } = packet;
  const fragment = fragmentOf(packet);
  if (fragment && fragment.offset > 0)
    return `fragment ${bytesText(payloadLength)} at ${fragment.offset}`;
  if (arp) return arpTitle(arp);
  if (icmp ?? icmpv6) return icmpName(packet);
  const { name, size, content } = partsOf(packet) ?? { name: `packet ${bytesText(packet.length)}` };
  return words(name, size, content);
}

/** Its title, and what to call it where there is less room: how much it carries says more than its flags. */
export function packetLabels({ packet }: PacketStep): string[] {
  const { name, size, content } = partsOf(packet) ?? {};
  const title = packetTitle(packet);
  if (size === undefined || content === undefined) return [title];
  const { syn, fin, rst } = packet.tcp?.flags ?? {};
  if (syn || fin || rst) return [title, words(name, size)];
  return [title, ...shorterAndShorter(content).map((begins) => words(size, begins)), size];
}

/** Less of a payload is not worth its quotation marks. */
const PREVIEW_MIN = 6;

/** The beginning of a payload in quotes: all that is shown of it, one character less, and so on. */
function shorterAndShorter(content: string): string[] {
  const text = content.slice(1, -1);
  const count = Math.max(0, text.length - PREVIEW_MIN);
  const shorter = Array.from({ length: count }, (_, n) => shorten(text, text.length - 1 - n));
  return [text, ...shorter].map((one) => `"${one}"`);
}

/** Of what has ports: what it is, how much it carries, and how that begins. */
function partsOf(packet: Packet): { name: string; size?: string; content?: string } | undefined {
  const { tcp, udp, payloadLength } = packet;
  if (tcp === undefined && udp === undefined) return undefined;
  const name = tcp ? flagsText(tcp) : fragmentOf(packet) ? 'UDP fragment' : 'UDP';
  const size = bytesText(payloadLength);
  if (payloadLength === 0) return udp ? { name, size } : { name };
  const room = TITLE_MAX - `${name} ${size}`.length - 3;
  return { name, size, content: `"${payloadPreview(packet, room)}"` };
}

/** Whether a title has the name of a host in it, as that of a question to all has. */
export function isInTitle(host: string, { packet: { arp } }: PacketStep): boolean {
  if (arp === undefined || arp.targetProtocolAddress !== host) return false;
  return arp.operation === 1 || arp.senderProtocolAddress === host;
}

function arpTitle({
  operation,
  senderProtocolAddress,
  targetProtocolAddress: target,
}: Arp): string {
  if (senderProtocolAddress === target) return `ARP announces ${target}`;
  return operation === 1 ? `ARP who has ${target}` : 'ARP reply';
}

/** In the order in which people say them. */
function flagsText({ flags }: Tcp): string {
  const names = (['syn', 'fin', 'rst', 'psh', 'ack', 'urg'] as const).filter((name) => flags[name]);
  return names.map((name) => name.toUpperCase()).join('-') || '(no flags)';
}
