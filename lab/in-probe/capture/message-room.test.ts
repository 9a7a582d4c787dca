import { expect, test } from 'vitest';
import { MessageRoom } from './message-room.ts';

/** Where the kernel finds things: buffer after buffer, in the order in which they are asked for. */
function memory() {
  const buffers: Buffer[] = [];
  const addressOf = (buffer: Buffer) => {
    if (!buffers.includes(buffer)) buffers.push(buffer);
    return BigInt(buffers.indexOf(buffer)) * 0x1_0000_0000n;
  };
  const at = (address: bigint) =>
    buffers[Number(address >> 32n)]?.subarray(Number(address & 0xffff_ffffn)) ?? Buffer.alloc(0);
  return { addressOf, at };
}

/** Writes packets as recvmmsg(2) does. */
function receive({ headers }: MessageRoom, at: (address: bigint) => Buffer, texts: string[]): void {
  for (const [n, text] of texts.entries()) {
    const header = headers.subarray(64 * n);
    const room = at(header.readBigUInt64LE(16));
    expect(room.readBigUInt64LE(8)).toBeGreaterThanOrEqual(BigInt(text.length));
    at(room.readBigUInt64LE(0)).write(text);
    header.writeUInt32LE(text.length, 56);
    header.writeBigUInt64LE(0n, 40);
  }
}

test('packets are found where they were received, and their room is used again', () => {
  const { addressOf, at } = memory();
  const room = new MessageRoom(3, 16, addressOf);
  for (const texts of [['one', 'another', 'a third one'], ['again'], ['x', 'y']]) {
    for (let n = 0; n < texts.length; n += 1) {
      expect(room.headers.readBigUInt64LE(64 * n + 40)).toBeGreaterThanOrEqual(72n);
    }
    receive(room, at, texts);
    const found = room.take(texts.length);
    expect(found.map(({ memory, from, to }) => memory.toString('latin1', from, to))).toEqual(texts);
  }
});
