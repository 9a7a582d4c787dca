import { type LabEvent, PcapngWriter } from '../lab/index.ts';

/** The events as a recording: one a line, as `./socketlab watch --json` prints them. */
export function recordingOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** The packets among the events, for Wireshark: one interface a host. */
export function captureOf(lines: readonly string[]): Uint8Array {
  const writer = new PcapngWriter();
  const blocks = [writer.start()];
  for (const line of lines) {
    const event = JSON.parse(line) as LabEvent;
    if (event.kind === 'packet') blocks.push(writer.packet(event));
  }
  return Buffer.concat(blocks);
}
