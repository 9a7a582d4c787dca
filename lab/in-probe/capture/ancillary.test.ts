import { expect, test } from 'vitest';
import { readAncillary } from './ancillary.ts';

const SOL_SOCKET = 1;
const SOL_PACKET = 263;
const [TIME, AUXDATA, ANOTHER] = [35, 8, 40];

/** As in cmsg(3): the length is without the padding that follows. */
function message(level: number, type: number, data: Buffer): Buffer {
  const bytes = Buffer.alloc(16 + Math.ceil(data.length / 8) * 8);
  bytes.writeUInt32LE(16 + data.length, 0);
  bytes.writeInt32LE(level, 8);
  bytes.writeInt32LE(type, 12);
  data.copy(bytes, 16);
  return bytes;
}

function time(seconds: number, nanoseconds: number): Buffer {
  const data = Buffer.alloc(16);
  data.writeBigInt64LE(BigInt(seconds), 0);
  data.writeBigInt64LE(BigInt(nanoseconds), 8);
  return message(SOL_SOCKET, TIME, data);
}

/** `struct tpacket_auxdata`. */
function auxdata({ status = 0, length = 0, control = 0, protocol = 0 }): Buffer {
  const data = Buffer.alloc(20);
  data.writeUInt32LE(status, 0);
  data.writeUInt32LE(length, 4);
  data.writeUInt16LE(control, 16);
  data.writeUInt16LE(protocol, 18);
  return message(SOL_PACKET, AUXDATA, data);
}

/** Wherever the messages are. */
const read = (messages: Buffer) =>
  readAncillary(Buffer.concat([Buffer.alloc(5), messages]), 5, 5 + messages.length);

test('the time and the length of a packet are read, wherever they are among other messages', () => {
  const messages = [
    message(SOL_SOCKET, ANOTHER, Buffer.alloc(4)),
    auxdata({ length: 1514 }),
    time(1_800_000_000, 999_999_999),
  ];
  expect(read(Buffer.concat(messages))).toEqual({
    seconds: 1_800_000_000,
    nanoseconds: 999_999_999,
    length: 1514,
  });
});

test('a VLAN tag counts only where the kernel says that there was one', () => {
  const tag = { control: 0x2007, protocol: 0x8100 };
  expect(read(auxdata({ status: 1 << 4, ...tag })).vlan).toEqual(tag);
  expect(read(auxdata({ status: 1 << 3, ...tag })).vlan).toBeUndefined();
});
