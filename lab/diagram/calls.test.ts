import { describe, expect, test } from 'vitest';
import { draw, drawn } from './testing/draw.ts';
import { callStep, fourHosts, packetStep } from './testing/steps.ts';

const twoHosts = fourHosts.slice(0, 2);
const there = 'tcp-client > tcp-server';

describe('calls', () => {
  test('that wait are drawn when they begin and when they return', () => {
    const steps = [
      ...twoHosts,
      callStep(1, 'tcp-server', 'accept', { stage: 'waiting' }),
      callStep(2, 'tcp-client', 'connect 172.18.0.2:50001', {
        tookMs: 30,
        error: 'ECONNREFUSED',
      }),
      packetStep(3, there, 'SYN'),
      packetStep(31, 'tcp-server > tcp-client', 'RST-ACK'),
      callStep(40, 'tcp-client', 'read', { error: 'EAGAIN' }),
    ];
    expect(drawn(steps)).toMatchInlineSnapshot(`
      "
       seconds tcp-client                   tcp-server
               172.18.0.3                   172.18.0.2
         0.000 │                            ○ accept waits
         0.001 ○ connect 172.18.0.2:50001   │
         0.002 ├─────────── SYN ───────────▶│
         0.030 │◀───────── RST-ACK ─────────┤
         0.031 ● connect fails: ECONNREFUSED after 30 ms
         0.039 ● read EAGAIN                │
      "
    `);
  });

  test('are cut to the room that there is, and keep their duration', () => {
    const data = 'Hello, client! Connection established, and much more than that.';
    const step = callStep(1, 'tcp-server', `send ${data.length} bytes "${data}"`, { tookMs: 5 });
    const last = (width: number) =>
      draw([...twoHosts, step], { width })
        .at(-1)
        ?.trim();
    expect([last(80), last(100), last(160)]).toMatchInlineSnapshot(`
      [
        "0.000 │                            ● send 63 bytes "Hello, client… after 5 ms",
        "0.000 │                                    ● send 63 bytes "Hello, client! Connection… after 5 ms",
        "0.000 │                                                   ● send 63 bytes "Hello, client! Connection established, and much more than that." after 5 ms",
      ]
    `);
  });

  test('of the last host are drawn to its left where there is no room to its right', () => {
    const words = 'recvmsg 17 bytes "Hello, UDP World!"';
    const [line] = draw([...fourHosts, callStep(1, 'udp-echo-server', words)]).slice(-1);
    expect(line).toMatchInlineSnapshot(
      `"   0.000 │          recvmsg 17 bytes "Hello, UDP World!" ●"`,
    );
  });
});
