import { expect, test } from 'vitest';
import { frame, SYN } from '../../web/testing/frames.ts';
import { layersOf } from './fields.ts';

const ends = { from: '172.18.0.3', to: '172.18.0.2', fromPort: 41_234, toPort: 50_000, ipId: 7 };

test('the fields of a packet are shown layer by layer', () => {
  const tcp = { flags: SYN, sequence: 1000, acknowledgment: 0 };
  const layers = layersOf(frame({ ...ends, tcp }));
  expect(layers.map(({ name }) => name)).toEqual(['Ethernet', 'IPv4', 'TCP']);
  expect(layers[2]?.fields).toContainEqual({ name: 'flags', value: 'SYN' });
  expect(layers[2]?.fields).toContainEqual({ name: 'source port', value: '41234' });
  expect(layers[1]?.fields).toContainEqual({ name: 'identification', value: '0x0007' });
});
