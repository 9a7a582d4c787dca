/** Steps and packets as names and values: a packet's layers in the order of its bytes, whatever headers there are. */
import type { Packet } from '../model/packet.ts';

export interface Layer {
  readonly name: string;
  readonly fields: readonly Field[];
}

interface Field {
  readonly name: string;
  readonly value: string;
}

const layerNames = {
  ethernet: 'Ethernet',
  linuxCooked: 'Linux cooked capture',
  vlan: 'VLAN',
  arp: 'ARP',
  ipv4: 'IPv4',
  ipv6: 'IPv6',
  icmp: 'ICMP',
  icmpv6: 'ICMPv6',
  udp: 'UDP',
  tcp: 'TCP',
} as const satisfies Partial<Record<keyof Packet, string>>;

const hexadecimal = new Set(['checksum', 'headerChecksum', 'etherType', 'identification']);

/** The layers of a packet, the link's first. */
export function layersOf(packet: Packet): Layer[] {
  return Object.entries(layerNames).flatMap(([key, name]) => {
    const header = packet[key as keyof typeof layerNames];
    return header === undefined ? [] : { name, fields: fieldsOf(header) };
  });
}

/** The fields of a header, or of anything that is plain data. */
export function fieldsOf(header: object, prefix = ''): Field[] {
  return Object.entries(header).flatMap(([key, value]: [string, unknown]) => {
    const name = `${prefix}${words(key)}`;
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    if (isFlags(value)) return { name, value: flagsSet(value) };
    if (Array.isArray(value)) return { name, value: value.map(inOneLine).join('; ') };
    if (typeof value === 'object' && value !== null) return fieldsOf(value, `${name} · `);
    return { name, value: scalar(key, value) };
  });
}

function scalar(key: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number' && hexadecimal.has(key)) {
    return `0x${value.toString(16).padStart(4, '0')}`;
  }
  return typeof value === 'number' && value >= 10_000 && !/port/i.test(key)
    ? value.toLocaleString('en')
    : String(value);
}

function inOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value)
    .map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)))
    .join(' ');
}

function isFlags(value: unknown): value is Record<string, boolean> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => typeof one === 'boolean')
  );
}

function flagsSet(flags: Record<string, boolean>): string {
  const set = Object.keys(flags).filter((name) => flags[name]);
  return set.map((name) => name.toUpperCase()).join(', ') || 'none';
}

const abbreviations: ReadonlyMap<string, string> = new Map([
  ['dscp', 'DSCP'],
  ['ecn', 'ECN'],
  ['fd', 'file descriptor'],
  ['pid', 'process id'],
]);

/** `sequenceNumber` as `sequence number` */
function words(key: string): string {
  const long = abbreviations.get(key);
  if (long !== undefined) return long;
  return key.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
}
