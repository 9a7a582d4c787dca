import { expect, test } from 'vitest';
import { recorded } from '../timeline/testing/recorded.ts';
import { drawEvents } from './draw-events.ts';

const events = await recorded('lost-syn');
const packets = events.filter(({ kind }) => kind !== 'call');

test('without times and calls, a drawing has nothing that differs from run to run', () => {
  expect(drawEvents(packets, { times: false, width: 50 })).toMatchInlineSnapshot(`
    "client              server
    ├───── SYN ──────✕  │ lost
    ├───── ↻ SYN ──────▶│ sent again
    │◀──── SYN-ACK ─────┤
    ├────── ACK ───────▶│
    ├──── 6 bytes ─────▶│
    │◀────── ACK ───────┤
    ├──── FIN-ACK ─────▶│
    │◀──── 6 bytes ─────┤
    ├────── ACK ───────▶│
    │◀──── FIN-ACK ─────┤
    ├────── ACK ───────▶│"
  `);
});

test('a drawing has times, addresses and calls by default', () => {
  const text = drawEvents(events);
  for (const part of [
    'seconds',
    '172.19.0.2',
    '   4.142 ',
    'sent again',
    'accept 172.19.0.3:59200',
  ]) {
    expect(text).toContain(part);
  }
});
