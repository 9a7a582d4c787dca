import { describe, expect, test } from 'vitest';
import { attribute, messages } from './netlink.ts';
import {
  ACCEPT,
  bindRequest,
  DROP,
  MSG_PACKET,
  queuedPacket,
  settingsRequest,
  verdictLength,
  writeVerdict,
} from './queue-protocol.ts';

const header = Buffer.from([0, 0, 0, 9, 8, 0, 1]);

function body(...attributes: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([2, 0, 0, 50]), ...attributes]);
}

describe('a queued packet', () => {
  const whole = body(
    attribute(1, header),
    attribute(5, Buffer.from([0, 0, 0, 7])),
    attribute(10, Buffer.from('packet')),
  );

  test('has its number, its bytes and the interface it came in by', () => {
    const found = queuedPacket({ type: MSG_PACKET, sequence: 0, body: whole });
    expect(found).toMatchObject({ queue: 50, id: 9, isCut: false, interfaceIndex: 7 });
    expect(found?.bytes.toString()).toBe('packet');
  });

  test('has the time at which the kernel received it', () => {
    const stamp = Buffer.alloc(16);
    stamp.writeBigUInt64BE(1_795_903_801n, 0);
    stamp.writeBigUInt64BE(248_235n, 8);
    const stamped = Buffer.concat([whole, attribute(4, stamp)]);
    expect(queuedPacket({ type: MSG_PACKET, sequence: 0, body: stamped })?.stampNs).toBe(
      1_795_903_801_248_235_000n,
    );
  });

  test('that was too long for a message says so', () => {
    const cut = Buffer.concat([whole, attribute(13, Buffer.from([0, 0, 255, 255]))]);
    expect(queuedPacket({ type: MSG_PACKET, sequence: 0, body: cut })?.isCut).toBe(true);
  });

  test('is not seen in other messages, nor without its number', () => {
    expect(queuedPacket({ type: 2, sequence: 0, body: whole })).toBeUndefined();
    const nameless = body(attribute(10, Buffer.from('packet')));
    expect(queuedPacket({ type: MSG_PACKET, sequence: 0, body: nameless })).toBeUndefined();
  });

  test('cut or mutated anywhere throws nothing', () => {
    for (let at = 0; at < whole.length; at += 1) {
      for (const value of [0, 1, 4, 255]) {
        const bytes = Buffer.from(whole);
        bytes.writeUInt8(value, at);
        const mutated = { type: MSG_PACKET, sequence: 0, body: bytes };
        const truncated = { type: MSG_PACKET, sequence: 0, body: whole.subarray(0, at) };
        expect(() => [queuedPacket(mutated), queuedPacket(truncated)], `at ${at}`).not.toThrow();
      }
    }
  });
});

describe('what is sent to the kernel', () => {
  test('binds a queue with the bytes that the kernel takes', () => {
    expect(bindRequest(50, 1).toString('hex')).toBe(
      '1c000000020305000100000000000000000000320800010001000000',
    );
  });

  test('asks for whole packets, a long queue and passing when it is full', () => {
    const hex = settingsRequest(50, 2, 65_536).toString('hex');
    expect(hex).toContain('090002000000ffff02000000');
    expect(hex).toContain('0800030000010000');
    expect(hex.slice(-32)).toBe('08000400000000050800050000000001');
  });

  test('sends several verdicts in one write', () => {
    const target = Buffer.alloc(200, 0xaa);
    const changed = { queue: 51, id: 2, verdict: ACCEPT, bytes: Buffer.from('abcde') } as const;
    const between = writeVerdict(target, 0, { queue: 50, id: 1, verdict: DROP });
    const end = writeVerdict(target, between, changed);
    expect(end - between).toBe(verdictLength(changed));
    expect(messages(target.subarray(0, end)).map((m) => m.body.toString('hex'))).toEqual([
      '000000320c0002000000000000000001',
      '000000330c000200000000010000000209000a006162636465000000',
    ]);
  });
});
