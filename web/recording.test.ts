import { expect, test } from 'vitest';
import { readPcapng } from '../lab/capture/pcap/pcapng-read.ts';
import type { LabEvent } from '../lab/index.ts';
import { captureOf } from './recording.ts';
import { lossyStory, tcpServer } from './testing/stories.ts';

async function captured(events: readonly LabEvent[]) {
  return [...readPcapng(await captureOf(events.map((event) => JSON.stringify(event))))];
}

test('the capture for Wireshark has each packet once, as it left, with its fate and its calls', async () => {
  const { events } = lossyStory();
  const sent = events.filter((event) => event.kind === 'packet' && event.direction === 'out');
  const packets = await captured(events);
  expect(packets.map(({ atNs, host }) => `${atNs} ${host}`)).toEqual(
    sent.map(({ atNs, host }) => `${atNs} ${host}`),
  );
  expect(packets.filter(({ comment }) => comment?.includes('lost'))).toHaveLength(2);
  expect(packets[0]?.comment).toMatch(/^tcp-client: connect 172\.18\.0\.2:50000/);
});

test('the capture for Wireshark has a packet that was seen only where it arrived', async () => {
  const { events } = lossyStory();
  const arrived = events.filter(({ kind, host }) => kind !== 'packet' || host === tcpServer.name);
  const packets = await captured(arrived);
  expect(new Set(packets.map(({ direction }) => direction))).toEqual(new Set(['in', 'out']));
  expect(packets).toHaveLength(arrived.filter(({ kind }) => kind === 'packet').length);
});
