import { setImmediate } from 'node:timers/promises';
import { PacketsOnce } from '../lab/explain/packet-file/packets-once.ts';
import { type LabEvent, PcapngWriter, recordingHeader } from '../lab/index.ts';
import { Timeline } from '../lab/timeline/timeline.ts';

/** How much later than others an event may come: all are there already. */
const LATENESS_MS = 5000;
/** After this number of events other tasks have their turn: there can be many, and a lab may be watched meanwhile. */
const BATCH = 200;

/** The events as a recording, as `./socketlab watch --json` prints them. */
export function recordingOf(lines: readonly string[]): string {
  return recordingHeader + lines.map((line) => `${line}\n`).join('');
}

/**
 * The packets among the events, for Wireshark, each once and with its calls, as `./socketlab watch -o` writes them: one interface
 * a host, also for hosts without a packet.
 */
export async function captureOf(lines: readonly string[]): Promise<Uint8Array> {
  const events = lines.map((line) => JSON.parse(line) as LabEvent);
  const timeline = new Timeline({ latenessMs: LATENESS_MS });
  const packets = new PacketsOnce();
  for (const [i, event] of events.entries()) {
    packets.event(event);
    timeline.add(event);
    if (i % BATCH !== 0) continue;
    packets.steps(timeline.takeSettled());
    await setImmediate();
  }
  timeline.end();
  packets.steps(timeline.takeSettled());
  const writer = new PcapngWriter();
  const seen = events.filter((event) => event.kind === 'packet');
  // Such a host has interfaces by other names.
  const hasSeveral = new Set(seen.filter((event) => event.interface).map(({ host }) => host));
  const hosts = events.filter(({ kind, host }) => kind === 'host' && !hasSeveral.has(host));
  const linkType = seen[0]?.packet.linkType;
  const blocks = [
    writer.start(
      hosts.map(({ host }) => host),
      linkType,
    ),
  ];
  for (const packet of packets.take()) blocks.push(writer.packet(packet));
  return Buffer.concat(blocks);
}
