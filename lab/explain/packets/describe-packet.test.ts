import { expect, test } from 'vitest';
import { decodePacket } from '../../capture/dissect/decode.ts';
import { recording } from '../../capture/dissect/testing/recordings.ts';
import { describePacket } from './describe-packet.ts';
import { SequenceNumbers } from './sequence-numbers.ts';

function lines(name: string): string[] {
  const { records, linkType } = recording(name);
  const numbers = new SequenceNumbers();
  return records.map(({ data, length }) =>
    // Ports and timestamps are new in each recording.
    describePacket(decodePacket(data, linkType, length), numbers)
      .replace(/ ts=\d+,\d+/, '')
      .replace(/(\.3\]?):\d+/g, '$1:client'),
  );
}

test('a TCP conversation is described with sequence numbers from 0', () => {
  expect(lines('tcp.pcap').slice(0, 12)).toMatchInlineSnapshot(`
    [
      "172.18.0.3:client > 172.18.0.2:50000 TCP SYN-ECE-CWR seq=0 win=64240 mss=1460 sackOK wscale=10, 0 bytes",
      "172.18.0.2:50000 > 172.18.0.3:client TCP SYN-ACK-ECE seq=0 ack=1 win=65160 mss=1460 sackOK wscale=10, 0 bytes",
      "172.18.0.3:client > 172.18.0.2:50000 TCP ACK seq=1 ack=1 win=63, 0 bytes",
      "172.18.0.3:client > 172.18.0.2:50000 TCP PSH-ACK seq=1 ack=1 win=63, 5 bytes",
      "172.18.0.2:50000 > 172.18.0.3:client TCP ACK seq=1 ack=6 win=64, 0 bytes",
      "172.18.0.3:client > 172.18.0.2:50000 TCP PSH-ACK seq=6 ack=1 win=63, 240 bytes",
      "172.18.0.2:50000 > 172.18.0.3:client TCP ACK seq=1 ack=246 win=64, 0 bytes",
      "172.18.0.3:client > 172.18.0.2:50000 TCP FIN-ACK seq=246 ack=1 win=63, 0 bytes",
      "172.18.0.2:50000 > 172.18.0.3:client TCP PSH-ACK seq=1 ack=247 win=64, 251 bytes",
      "172.18.0.3:client > 172.18.0.2:50000 TCP ACK seq=247 ack=252 win=63, 0 bytes",
      "172.18.0.2:50000 > 172.18.0.3:client TCP FIN-ACK seq=252 ack=247 win=64, 0 bytes",
      "172.18.0.3:client > 172.18.0.2:50000 TCP ACK seq=247 ack=253 win=63, 0 bytes",
    ]
  `);
});

test('an ICMP error is described with what it is about', () => {
  expect(lines('unreachable.pcap')[1]).toMatchInlineSnapshot(
    `"172.18.0.2 > 172.18.0.3 ICMP port unreachable, about UDP 172.18.0.3:client > 172.18.0.2:50099, 308 bytes"`,
  );
});

test('ARP is described as question and answer, and a fragment by its place', () => {
  expect(lines('arp.pcap').slice(0, 2)).toMatchInlineSnapshot(`
    [
      "ARP who has 172.18.0.2? tell 172.18.0.3",
      "ARP 172.18.0.2 is at 02:42:ac:12:00:02",
    ]
  `);
  const fragments = lines('fragments.pcap').map((line) => line.replace(/fragment \d+/, 'fragment'));
  expect([fragments[0], fragments[44]]).toMatchInlineSnapshot(`
    [
      "172.18.0.3:client > 172.18.0.2:50099 UDP, 1472 bytes (fragment at 0, more follow)",
      "172.18.0.3 > 172.18.0.2 IP protocol 17, 395 bytes (fragment at 65120, the last)",
    ]
  `);
});

test('selective acknowledgments are shown relative to the data', () => {
  expect(lines('lossy.pcap').find((line) => line.includes('sack='))).toMatchInlineSnapshot(
    `"172.18.0.2:50000 > 172.18.0.3:client TCP ACK seq=1 ack=989 win=68 sack=1977-2965, 0 bytes"`,
  );
});

test('without a memory of the conversation, sequence numbers are shown as they were sent', () => {
  const { records, linkType } = recording('tcp.pcap');
  const [first] = records;
  const packet = decodePacket(first?.data ?? new Uint8Array(), linkType);
  expect(describePacket(packet)).toContain(`seq=${packet.tcp?.sequenceNumber} `);
});
