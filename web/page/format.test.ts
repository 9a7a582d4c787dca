import { expect, test } from 'vitest';
import { frame, SYN } from '../testing/frames.ts';
import { layersOf } from './fields.ts';
import { count, sinceStart } from './format.ts';
import { hexRows } from './hex.ts';

test('times are shown since the beginning, to the microsecond', () => {
  expect(sinceStart(1020.1131)).toBe('1.020113');
});

test('counts are shown in the singular and the plural', () => {
  expect([count(1, 'packet'), count(1204, 'packet')]).toEqual(['1 packet', '1,204 packets']);
});

const ends = { from: '172.18.0.3', to: '172.18.0.2', fromPort: 41_234, toPort: 50_000, ipId: 7 };

test('the fields of a packet are shown layer by layer', () => {
  const tcp = { flags: SYN, sequence: 1000, acknowledgment: 0 };
  const layers = layersOf(frame({ ...ends, tcp }));
  expect(layers.map(({ name }) => name)).toEqual(['Ethernet', 'IPv4', 'TCP']);
  expect(layers[2]?.fields).toContainEqual({ name: 'flags', value: 'SYN' });
  expect(layers[2]?.fields).toContainEqual({ name: 'source port', value: '41234' });
  expect(layers[1]?.fields).toContainEqual({ name: 'identification', value: '0x0007' });
});

test('bytes are dumped in rows, with the payload marked', () => {
  const packet = frame({ ...ends, data: 'hi\n' });
  const rows = hexRows(packet.bytes, packet.payloadOffset);
  expect(rows).toHaveLength(3);
  expect(rows[2]).toMatchObject({ offset: '0020', payload: '68 69 0a ', payloadText: 'hi·' });
});
