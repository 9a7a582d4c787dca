import { describe, expect, test } from 'vitest';
import { ASCII } from './symbols.ts';
import { drawn } from './testing/draw.ts';
import { fourHosts, logStep, packetStep, tcpConversation } from './testing/steps.ts';

const twoHosts = fourHosts.slice(0, 2);
const there = 'tcp-client > tcp-server';

describe('a TCP conversation', () => {
  test('is drawn between its two hosts', () => {
    expect(drawn([...twoHosts, ...tcpConversation()])).toMatchInlineSnapshot(`
      "
       seconds tcp-client                   tcp-server
               172.18.0.3                   172.18.0.2
         0.000 ○ connect 172.18.0.2:50000   │
               ├─────────── SYN ───────────▶│
               │◀───────── SYN-ACK ─────────┤
               ├─────────── ACK ───────────▶│
         0.001 ● connect returns after 0.5 ms
               │                            ● accept 172.18.0.3:41234
               │                            ● write 38 bytes "Hello, client! Connecti…
               │◀─ 38 bytes "Hello, clie…" ─┤
               ├─────────── ACK ───────────▶│
               ● read 38 bytes "Hello, client! Connection established."
               ▪ received 38 bytes: Hello, client! Connection established.
         0.002 │                            ● shutdown SHUT_WR
               │◀───────── FIN-ACK ─────────┤
               ● close                      │
               ├───────── FIN-ACK ─────────▶│
               │◀─────────── ACK ───────────┤
      "
    `);
  });

  test('leaves room for the other two hosts', () => {
    expect(drawn([...fourHosts, ...tcpConversation()])).toMatchInlineSnapshot(`
      "
       seconds tcp-client      tcp-server      udp-client      udp-echo-server
               172.18.0.3      172.18.0.2      172.18.0.5      172.18.0.4
         0.000 ○ connect 172.18.0.2:50000      │               │
               ├──── SYN ─────▶│               │               │
               │◀── SYN-ACK ───┤               │               │
               ├──── ACK ─────▶│               │               │
         0.001 ● connect returns after 0.5 ms  │               │
               │               ● accept 172.18.0.3:41234       │
               │               ● write 38 bytes "Hello, client! Connection establishe…
               │◀── 38 bytes ──┤               │               │
               ├──── ACK ─────▶│               │               │
               ● read 38 bytes "Hello, client! Connection established."
               ▪ received 38 bytes: Hello, client! Connection established.
         0.002 │               ● shutdown SHUT_WR              │
               │◀── FIN-ACK ───┤               │               │
               ● close         │               │               │
               ├── FIN-ACK ───▶│               │               │
               │◀──── ACK ─────┤               │               │
      "
    `);
  });

  test('shows more detail where there is more room', () => {
    expect(drawn([...twoHosts, ...tcpConversation()], { width: 120 })).toMatchInlineSnapshot(`
      "
       seconds tcp-client                                   tcp-server
               172.18.0.3                                   172.18.0.2
         0.000 ○ connect 172.18.0.2:50000                   │
               ├─────────────────── SYN ───────────────────▶│
               │◀───────────────── SYN-ACK ─────────────────┤
               ├─────────────────── ACK ───────────────────▶│
         0.001 ● connect returns after 0.5 ms               │
               │                                            ● accept 172.18.0.3:41234
               │                                            ● write 38 bytes "Hello, client! Connection established."
               │◀──── 38 bytes "Hello, client! Conne…" ─────┤
               ├─────────────────── ACK ───────────────────▶│
               ● read 38 bytes "Hello, client! Connection established."
               ▪ received 38 bytes: Hello, client! Connection established.
         0.002 │                                            ● shutdown SHUT_WR
               │◀───────────────── FIN-ACK ─────────────────┤
               ● close                                      │
               ├───────────────── FIN-ACK ─────────────────▶│
               │◀─────────────────── ACK ───────────────────┤
      "
    `);
  });

  test('is drawn in ASCII', () => {
    const steps = [
      ...twoHosts,
      ...tcpConversation().slice(0, 9),
      logStep(1003, 'tcp-client', 'Grüße'),
    ];
    expect(drawn(steps, { symbols: ASCII })).toMatchInlineSnapshot(`
      "
       seconds tcp-client                   tcp-server
               172.18.0.3                   172.18.0.2
         0.000 o connect 172.18.0.2:50000   |
               |----------- SYN ----------->|
               |<--------- SYN-ACK ---------|
               |----------- ACK ----------->|
         0.001 * connect returns after 0.5 ms
               |                            * accept 172.18.0.3:41234
               |                            * write 38 bytes "Hello, client! Connec...
               |<- 38 bytes "Hello, cl..." -|
               |----------- ACK ----------->|
               * read 38 bytes "Hello, client! Connection established."
         0.003 = Gr??e                      |
      "
    `);
  });

  test('becomes a list where there is no room for columns', () => {
    const steps = [...twoHosts, ...tcpConversation().slice(0, 7)];
    expect(drawn(steps, { width: 40 })).toMatchInlineSnapshot(`
      "
         0.000 tcp-client  connect 172.18.0.2…
               tcp-client → tcp-server  SYN
               tcp-server → tcp-client  SYN-A…
               tcp-client → tcp-server  ACK
         0.001 tcp-client  connect returns af…
               tcp-server  accept 172.18.0.3:…
               tcp-server  write 38 bytes "He…
               tcp-server → tcp-client  PSH-A…
      "
    `);
  });
});

test('with --explain each line is followed by its sentence', () => {
  const steps = [...twoHosts, packetStep(1, there, 'SYN', { delivery: 'lost' })];
  expect(drawn(steps, { explain: true })).toMatchInlineSnapshot(`
    "
     seconds tcp-client                   tcp-server
             172.18.0.3                   172.18.0.2
       0.000 ├────────── SYN ──────────✕  │ lost
               tcp-client asks tcp-server for a connection with SYN. Lost: it left
               tcp-client and was not seen at tcp-server. tcp-client does not know
               yet.
    "
  `);
});
