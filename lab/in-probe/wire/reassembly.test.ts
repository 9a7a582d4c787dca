import { describe, expect, test } from 'vitest';
import { randomStream } from '../../util/random.ts';
import { transportSum } from './checksum.ts';
import { corrupt } from './corrupt.ts';
import { headersOf } from './headers.ts';
import type { WirePacket } from './packet.ts';
import { Reassembly } from './reassembly.ts';
import { fragmented, reassembled } from './testing/fragmented.ts';
import { packet } from './testing/packets.ts';

const MS = 1e6;

function takeAll(fragments: Reassembly, pieces: readonly WirePacket[]): (WirePacket | undefined)[] {
  return pieces.map((piece) => fragments.take(piece, 0));
}

/** As it meets the faults. */
function whole(payloadBytes: number): WirePacket {
  const last = takeAll(new Reassembly(), fragmented(payloadBytes)).at(-1);
  if (last === undefined) throw new Error('not whole');
  return last;
}

describe('the fragments of an IPv6 datagram', () => {
  test('go on together when the last has come, and are as many packets on the line', () => {
    const pieces = fragmented(6000);
    const taken = takeAll(new Reassembly(), pieces);
    expect(taken.slice(0, -1)).toEqual([undefined, undefined, undefined, undefined]);
    expect(taken.at(-1)).toMatchObject({ id: 1, onLine: [1496, 1496, 1496, 1496, 264] });
    expect(taken.at(-1)?.rest).toEqual(pieces.slice(1));
  });

  test('may come in another order behind the first', () => {
    const [one, two, three] = fragmented(4000) as [WirePacket, WirePacket, WirePacket];
    const taken = takeAll(new Reassembly(), [one, three, two]);
    expect(taken.map((each) => each?.rest.length)).toEqual([undefined, undefined, 2]);
  });

  test('do not wait for those of another one', () => {
    const fragments = new Reassembly();
    const [a1, a2] = fragmented(2000, { id: 1 }) as [WirePacket, WirePacket];
    const [b1, b2] = fragmented(2000, { id: 2 }) as [WirePacket, WirePacket];
    const taken = takeAll(fragments, [a1, b1, b2, a2]);
    expect(taken.map((each) => each?.rest)).toEqual([undefined, undefined, [b2], [a2]]);
  });

  test('go on alone where the first was there before the fault', () => {
    const [, two, three] = fragmented(4000);
    expect(takeAll(new Reassembly(), [two, three] as WirePacket[])).toEqual([two, three]);
  });

  test('go on alone when the rest does not come', () => {
    const fragments = new Reassembly();
    const [one, two] = fragmented(4000) as [WirePacket, WirePacket];
    takeAll(fragments, [one, two]);
    expect(fragments.nextNs).toBe(100 * MS);
    expect(fragments.giveUp(99 * MS)).toEqual([]);
    expect(fragments.giveUp(100 * MS)).toEqual([one, two]);
    expect(fragments.nextNs).toBeUndefined();
  });

  test('wait for theirs in a limited number of datagrams', () => {
    const fragments = new Reassembly();
    for (let id = 0; id < 100; id += 1) takeAll(fragments, fragmented(2000, { id }).slice(0, 1));
    expect(fragments.giveUp(0)).toHaveLength(100 - 64);
  });

  test('that are whole packets are none', () => {
    const one = packet();
    expect(new Reassembly().take(one, 0)).toBe(one);
  });
});

describe('damage in a datagram that came as fragments', () => {
  const bytesAfter = (fixChecksum: boolean, seed: number) => {
    const settings = { kind: 'corrupt', percent: 100, fixChecksum } as const;
    const original = whole(6000);
    const fate = corrupt(settings, randomStream(String(seed), 'c')).decide(original, 0, 5);
    if (fate.kind !== 'corrupt') throw new Error('not corrupted');
    const damaged = reassembled([{ ...original, bytes: fate.bytes }, ...fate.rest]);
    return { before: reassembled([original, ...original.rest]), damaged, packets: fate.packets };
  };
  const sumOf = (bytes: Buffer) => {
    const headers = headersOf(bytes);
    return headers && transportSum(bytes, headers);
  };

  test('is found by its checksum, or stays hidden, as over IPv4', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const found = bytesAfter(false, seed);
      expect(sumOf(found.before)).toBe(0xffff);
      expect(sumOf(found.damaged)).not.toBe(0xffff);
      const hidden = bytesAfter(true, seed);
      expect(sumOf(hidden.damaged)).toBe(0xffff);
      expect(hidden.damaged.subarray(48)).not.toEqual(hidden.before.subarray(48));
      expect(hidden.packets).toBe(5);
    }
  });
});
