/**
 * How many packets a second the decoder takes on one core: `npx node bench/decode.ts [seconds]`. The packets are those of a
 * mixed load: TCP and UDP, IPv4 and IPv6, from 60 to 1,514 bytes, 512 flows, as records of a pcap stream.
 */
import { fold, onesComplementSum } from '../lab/capture/dissect/checksum.ts';
import { decodePacket } from '../lab/capture/dissect/decode.ts';
import { PcapReader } from '../lab/capture/pcap/pcap.ts';

const PACKETS = 4096;
const FLOWS = 512;
const CHUNK_BYTES = 65_536;
/** Of application data: most packets of real traffic are either nearly empty or nearly full. */
const payloadLengths = [0, 0, 0, 6, 48, 120, 512, 1400];

const forSeconds = Number(process.argv[2] ?? 5);
const stream = pcapStream();
run(1);
const { perSecond, perCpuSecond } = run(forSeconds);
const meanBytes = Math.round((stream.length - 24) / PACKETS - 16);
const inWords = (rate: number) => Math.round(rate).toLocaleString('en');
console.log(
  `${inWords(perSecond)} packets a second read and decoded, of ${meanBytes} bytes on average; ` +
    `${inWords(perCpuSecond)} a second of processor time, garbage collection included`,
);

/** On a busy machine only the rate for processor time says how fast the decoder is. */
function run(seconds: number) {
  const startMs = performance.now();
  const before = process.cpuUsage();
  let packets = 0;
  let elapsedMs = 0;
  while (elapsedMs < seconds * 1000) {
    packets += decodeAll();
    elapsedMs = performance.now() - startMs;
  }
  const { user, system } = process.cpuUsage(before);
  return {
    perSecond: (packets * 1000) / elapsedMs,
    perCpuSecond: (packets * 1_000_000) / (user + system),
  };
}

function decodeAll(): number {
  const reader = new PcapReader();
  let decoded = 0;
  for (let from = 0; from < stream.length; from += CHUNK_BYTES) {
    for (const record of reader.push(stream.subarray(from, from + CHUNK_BYTES))) {
      const packet = decodePacket(record.data, reader.linkType, record.length);
      if (packet.notes.length > 0) throw new Error(packet.notes.join('; '));
      if ((packet.tcp ?? packet.udp)?.checksumStatus === 'good') decoded += 1;
    }
  }
  if (decoded !== PACKETS) throw new Error(`decoded ${decoded} of ${PACKETS} packets`);
  return decoded;
}

function pcapStream(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b23c4d, 0);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(1, 20);
  const records = Array.from({ length: PACKETS }, (_, i) => {
    const frame = ethernetFrame(i);
    const record = Buffer.alloc(16);
    record.writeUInt32LE(1_790_000_000 + (i >>> 10), 0);
    record.writeUInt32LE((i & 1023) * 976_000 + 7, 4);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    return Buffer.concat([record, frame]);
  });
  return Buffer.concat([header, ...records]);
}

function ethernetFrame(i: number): Buffer {
  const flow = (i * 37) % FLOWS;
  const payload = Buffer.alloc(payloadLengths[i % payloadLengths.length] ?? 0, i);
  const isTcp = i % 3 !== 0;
  const transport = isTcp ? tcpSegment(i, flow, payload) : udpDatagram(flow, payload);
  const isIpv6 = i % 4 === 0;
  const ip = isIpv6 ? ipv6Header(flow, isTcp, transport) : ipv4Header(flow, isTcp, transport);
  const addresses = ip.subarray(isIpv6 ? 8 : 12);
  const pseudo = onesComplementSum(
    addresses,
    0,
    addresses.length,
    (isTcp ? 6 : 17) + transport.length,
  );
  const sum = onesComplementSum(transport, 0, transport.length, pseudo);
  transport.writeUInt16BE(~fold(sum) & 0xffff || 0xffff, isTcp ? 16 : 6);
  const link = Buffer.from('0242ac1200020242ac1200030800', 'hex');
  if (isIpv6) link.writeUInt16BE(0x86dd, 12);
  return Buffer.concat([link, ip, transport]);
}

function ipv4Header(flow: number, isTcp: boolean, transport: Buffer): Buffer {
  const header = Buffer.from('45000000000040004006000ac0a80001c0a80002', 'hex');
  header.writeUInt16BE(20 + transport.length, 2);
  header.writeUInt16BE(flow, 4);
  header[9] = isTcp ? 6 : 17;
  header[15] = flow & 0xff;
  header.writeUInt16BE(0, 10);
  header.writeUInt16BE(~onesComplementSum(header, 0, 20) & 0xffff, 10);
  return header;
}

function ipv6Header(flow: number, isTcp: boolean, transport: Buffer): Buffer {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(transport.length, 4);
  header[6] = isTcp ? 6 : 17;
  header[7] = 64;
  header.set([0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, flow & 0xff], 8);
  header.set([0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2], 24);
  return header;
}

function tcpSegment(i: number, flow: number, payload: Buffer): Buffer {
  const header = Buffer.from(
    'a00fc350000000000000000080100200000000000101080a0000000000000000',
    'hex',
  );
  header.writeUInt16BE(32_768 + flow, 0);
  header.writeUInt32BE((i * 2_654_435_761) >>> 0, 4);
  header.writeUInt32BE(i * 1000, 8);
  header.writeUInt32BE(i, 24);
  return Buffer.concat([header, payload]);
}

function udpDatagram(flow: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(32_768 + flow, 0);
  header.writeUInt16BE(50_000, 2);
  header.writeUInt16BE(8 + payload.length, 4);
  return Buffer.concat([header, payload]);
}
