import { readdirSync, readFileSync } from 'node:fs';
import type { LinkType } from '../../../model/packet.ts';
import type { PcapRecord } from '../../pcap/pcap.ts';
import { PcapReader } from '../../pcap/pcap.ts';

const folder = new URL('../recordings/', import.meta.url);

export interface Recording {
  readonly name: string;
  readonly bytes: Buffer;
  readonly linkType: LinkType;
  readonly records: readonly PcapRecord[];
}

/** What tcpdump wrote of two hosts in network namespaces. */
export function recordings(): Recording[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.pcap'))
    .map(recording);
}

export function recording(name: string): Recording {
  const bytes = readFileSync(new URL(name, folder));
  const reader = new PcapReader();
  const records = reader.push(bytes);
  reader.end();
  return { name, bytes, linkType: reader.linkType, records };
}
