import { type LabEvent, PcapngWriter } from '../lab/index.ts';

/** The events as a recording: one a line, as `./socketlab watch --json` prints them. */
export function recordingOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** The packets among the events, for Wireshark: one interface a host, also for hosts without a packet. */
export function captureOf(lines: readonly string[]): Uint8Array {
  const writer = new PcapngWriter();
  const events = lines.map((line) => JSON.parse(line) as LabEvent);
  const packets = events.filter((event) => event.kind === 'packet');
  const hosts = events.filter(({ kind }) => kind === 'host').map(({ host }) => host);
  const linkType = packets[0]?.packet.linkType;
  const blocks = [writer.start(hosts, linkType)];
  for (const packet of packets) blocks.push(writer.packet(packet));
  return Buffer.concat(blocks);
}
