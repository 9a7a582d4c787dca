/** One connection made by hand: `h1` is its client, `h2` its server. */
import type { LabEvent } from '../../model/event.ts';
import { passes, type Sent } from './by-hand.ts';

export const [CLIENT, SERVER] = ['10.0.0.1:61000', '10.0.0.2:50000'];

export const there = (atMs: number, more: Partial<Sent> = {}): Sent => ({
  atMs,
  from: CLIENT,
  to: SERVER,
  ...more,
});

export const back = (atMs: number, more: Partial<Sent> = {}): Sent => ({
  atMs,
  from: SERVER,
  to: CLIENT,
  ...more,
});

/** The client's next byte is `seq + 1`, the server's 501. */
export const handshake = (atMs: number, seq: number, from = CLIENT): LabEvent[] => [
  ...passes(there(atMs, { from, flags: 'S', seq, id: 1 })),
  ...passes(back(atMs + 0.1, { to: from, flags: 'SA', seq: 500, ack: seq + 1 })),
  ...passes(there(atMs + 0.2, { from, flags: 'A', seq: seq + 1, ack: 501, id: 2 })),
];
