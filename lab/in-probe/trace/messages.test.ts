/** Calls of several datagrams, as strace 6.13 prints them. */
import { expect, test } from 'vitest';
import { TraceParser } from './trace-parser.ts';

const hex = (text: string) =>
  [...text].map((letter) => `\\x${letter.charCodeAt(0).toString(16)}`).join('');
const FD = `3<${hex('socket:[77]')}>`;
const SOCKET = `socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = ${FD}`;
const HEAD = 'msg_iovlen=1,';
const name = (port: number) =>
  `msg_name={sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${hex('10.0.0.2')}")}, msg_namelen=16`;
const content = (text: string, length = text.length) =>
  `msg_iov=[{iov_base="${hex(text)}", iov_len=${length}}], ${HEAD}`;
const SEGMENT =
  'msg_control=[{cmsg_len=18, cmsg_level=SOL_UDP, cmsg_type=0x67, cmsg_data="\\xb0\\x04"}], msg_controllen=24';
const GRO =
  'msg_control=[{cmsg_len=20, cmsg_level=SOL_UDP, cmsg_type=0x68, cmsg_data="\\xb0\\x04\\x00\\x00"}], msg_controllen=24';
const NONE = 'msg_controllen=0';

/** The last of some calls. */
function lastOf(...calls: string[]) {
  const lines = [SOCKET, ...calls].map(
    (call, at) => `7 1795373762.${String(at).padStart(9, '0')} ${call} <0.000012345>\n`,
  );
  const parser = new TraceParser({ host: 'h' });
  return [...lines.flatMap((line) => parser.push(line)), ...parser.end()].at(-1);
}

test('the segment size of a sent message is reported (UDP_SEGMENT)', () => {
  const sent = lastOf(
    `sendmsg(${FD}, {${name(50_000)}, ${content('abc', 12_000)} ${SEGMENT}, msg_flags=0}, 0) = 12000`,
  );
  expect(sent).toMatchObject({ call: 'sendmsg', result: 12_000, segmentBytes: 1200 });
});

test('the segment size of a received message is reported (UDP_GRO)', () => {
  const got = lastOf(
    `recvmsg(${FD}, {${name(50_000)}, ${content('abc', 65_535)} ${GRO}, msg_flags=0}, MSG_DONTWAIT) = 12000`,
  );
  expect(got).toMatchObject({ result: 12_000, segmentBytes: 1200 });
  expect(got?.arguments).toEqual({ requestedBytes: 65_535, flags: ['MSG_DONTWAIT'] });
});

test('a segment size set on the socket applies to each call until it is cleared', () => {
  const option = (bytes: number) => `setsockopt(${FD}, SOL_UDP, UDP_SEGMENT, [${bytes}], 4) = 0`;
  const send = `sendto(${FD}, "${hex('abc')}", 3, 0, NULL, 0) = 3`;
  expect(lastOf(option(1000), send)?.socket?.segmentBytes).toBe(1000);
  expect(lastOf(option(1000), option(0), send)?.socket?.segmentBytes).toBe(0);
  expect(
    lastOf(option(1000).replace('= 0', '= -1 EINVAL (Invalid)'), send)?.socket,
  ).not.toHaveProperty('segmentBytes');
});

test('of several messages each that was sent is reported, with its length, destination and segment size', () => {
  const messages = [
    `{msg_hdr={${name(50_000)}, ${content('one')} ${NONE}, msg_flags=0}, msg_len=3}`,
    `{msg_hdr={${name(50_001)}, ${content('abc', 2500)} ${SEGMENT}, msg_flags=0}, msg_len=2500}`,
    `{msg_hdr={${name(50_002)}, ${content('abc', 70_000)} ${NONE}, msg_flags=0}}`,
  ];
  const sent = lastOf(`sendmmsg(${FD}, [${messages.join(', ')}], 3, 0) = 2`);
  const address = '10.0.0.2';
  expect(sent?.messages).toEqual([
    { bytes: 3, peer: { address, port: 50_000 } },
    { bytes: 2500, peer: { address, port: 50_001 }, segmentBytes: 1200 },
  ]);
  expect(sent?.data).toMatchObject({ bytes: 2503 });
  // Of the three that it was asked for, the third was not sent.
  expect(sent?.arguments).toEqual({ requestedBytes: 3 + 2500 + 70_000, requestedMessages: 3 });
});

test('the bytes of a message are never taken for its description', () => {
  const text = 'cmsg_level=SOL_UDP, cmsg_type=UDP_SEGMENT, cmsg_data=[7]';
  const sent = lastOf(
    `sendmsg(${FD}, {${content(text)} ${NONE}, msg_flags=0}, 0) = ${text.length}`,
  );
  expect(sent).not.toHaveProperty('segmentBytes');
});
