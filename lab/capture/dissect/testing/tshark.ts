/** The oracle: what Wireshark's own decoder makes of the same packets. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LinkType } from '../../../model/packet.ts';
import { linkTypeNumber } from '../../pcap/link-type.ts';

/** A packet as it is given to both decoders. */
export interface Sample {
  readonly data: Uint8Array;
  /** Bytes on the wire. */
  readonly length: number;
}

/** The values of a field in one packet, in the order of its occurrences. */
export type FieldValues = ReadonlyMap<string, readonly string[]>;

/** Only what is decoded here too, and the options of these: what tunnels and applications carry is payload to us. */
const decoded =
  /^(frame|eth|ethertype|sll|vlan|ieee8021ad|arp|ip|ipv6|icmp|icmpv6|tcp|mptcp|udp|data|_ws)([.].*)?$/;
const preferences = [
  'ip.check_checksum:TRUE',
  'tcp.check_checksum:TRUE',
  'udp.check_checksum:TRUE',
  'ip.defragment:FALSE',
  'ipv6.defragment:FALSE',
  'tcp.relative_sequence_numbers:FALSE',
  'tcp.analyze_sequence_numbers:FALSE',
  'tcp.desegment_tcp_streams:FALSE',
  'ip.tso_support:TRUE',
  'ip.use_geoip:FALSE',
  'ipv6.use_geoip:FALSE',
];

/** Why the oracle cannot be asked; undefined where it can. */
export function whyNoTshark(): string | undefined {
  const { error } = spawnSync('tshark', ['--version']);
  if (error === undefined) return undefined;
  return `tshark cannot be run (${error.message}): apt-get install tshark`;
}

/** What tshark says of each sample. */
export function askTshark(
  samples: readonly Sample[],
  linkType: LinkType,
  fields: readonly string[],
): FieldValues[] {
  const options = [
    ...otherProtocols().flatMap((protocol) => ['--disable-protocol', protocol]),
    ...preferences.flatMap((preference) => ['-o', preference]),
    '-n',
    '-T',
    'fields',
    '-E',
    'separator=/t',
    '-E',
    'occurrence=a',
    '-E',
    'aggregator=;',
    ...fields.flatMap((field) => ['-e', field]),
  ];
  const output = runTshark(options, pcapFile(samples, linkType));
  return output
    .split('\n')
    .slice(0, samples.length)
    .map((line) => {
      const columns = line.split('\t');
      return new Map(
        fields.map((field, i) => [field, (columns[i] ?? '').split(';').filter(Boolean)]),
      );
    });
}

/** What tshark prints of a capture file with these bytes. @throws {Error} with what it says on standard error. */
export function runTshark(options: readonly string[], file: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-capture-'));
  try {
    // It reads no socket, which is what the standard input of a child process is.
    writeFileSync(join(folder, 'capture'), file);
    return execFileSync('tshark', ['-r', join(folder, 'capture'), ...options], {
      maxBuffer: 1 << 28,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let others: readonly string[] | undefined;

/** Asked for once: tshark takes as long to list them as to decode a file. */
function otherProtocols(): readonly string[] {
  others ??= execFileSync('tshark', ['-G', 'protocols'], { encoding: 'utf8', stdio: 'pipe' })
    .split('\n')
    .map((line) => line.split('\t')[2] ?? '')
    .filter((name) => name !== '' && !decoded.test(name));
  return others;
}

/** A capture in a file's bytes: little-endian, nanoseconds. */
function pcapFile(samples: readonly Sample[], linkType: LinkType): Buffer {
  const header = Buffer.from('4d3cb2a1020004000000000000000000000004000100000000', 'hex').subarray(
    0,
    24,
  );
  header.writeUInt32LE(linkTypeNumber(linkType), 20);
  const records = samples.flatMap(({ data, length }, i) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(1_700_000_000 + i, 0);
    record.writeUInt32LE(data.length, 8);
    record.writeUInt32LE(length, 12);
    return [record, data];
  });
  return Buffer.concat([header, ...records]);
}
