import { expect, test } from 'vitest';
import { frame } from '../testing/frames.ts';
import { hexRows } from './hex.ts';

test('bytes are dumped in rows, with the payload marked', () => {
  const packet = frame({
    from: '172.18.0.3',
    to: '172.18.0.2',
    fromPort: 41_234,
    toPort: 50_000,
    ipId: 7,
    data: 'hi\n',
  });
  const rows = hexRows(packet.bytes, packet.payloadOffset);
  expect(rows).toHaveLength(3);
  expect(rows[2]).toMatchObject({ offset: '0020', payload: '68 69 0a ', payloadText: 'hi·' });
});
