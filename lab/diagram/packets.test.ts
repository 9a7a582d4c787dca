import { describe, expect, test } from 'vitest';
import type { Icmp, Icmpv6 } from '../model/packet.ts';
import type { PacketStep } from '../timeline/step.ts';
import { drawn } from './testing/draw.ts';
import { callStep, faultStep, fourHosts, logStep, packetStep } from './testing/steps.ts';

const twoHosts = fourHosts.slice(0, 2);
const there = 'tcp-client > tcp-server';

describe('a packet', () => {
  test('ends before the receiver if it is lost, and its retransmission is marked', () => {
    const steps = [
      ...twoHosts,
      faultStep(0, 'tcp-server', { kind: 'loss', percent: 30, protocol: 'udp' }),
      callStep(1, 'tcp-client', 'connect 172.18.0.2:50000', { conversation: 1, tookMs: 1020 }),
      packetStep(1.1, there, 'SYN', { delivery: 'lost', fates: ['lost'] }),
      packetStep(1020, there, 'SYN', { isRetransmission: true, fates: ['delayed'], tookMs: 5 }),
      packetStep(1026, 'tcp-server > tcp-client', 'PSH-ACK 38 bytes "Hello"', { delivery: 'lost' }),
    ];
    expect(drawn(steps)).toMatchInlineSnapshot(`
      "
       seconds tcp-client                   tcp-server
               172.18.0.3                   172.18.0.2
         0.000 ━━ fault applied at tcp-server: loss 30 %, only udp ━━━━━━━━━━━━━━━━━━━
         0.001 ○ connect 172.18.0.2:50000   │
               ├────────── SYN ──────────✕  │ lost
             ⋮ ┊                            ┊
         1.020 ├────────── ↻ SYN ──────────▶│ sent again, delayed 5 ms
         1.021 ● connect returns after 1.02 s
         1.026 │  ✕─── 38 bytes "Hello" ────┤ lost
      "
    `);
  });

  test('says what the wire did with it', () => {
    const steps = [
      ...twoHosts,
      packetStep(1, there, 'SYN', { fates: ['duplicated'] }),
      packetStep(2, there, 'ACK', { fates: ['corrupted'], isDropped: true }),
      packetStep(3, there, 'FIN-ACK', { delivery: 'unknown' }),
      packetStep(4, there, 'RST', { conversation: 2 }),
    ];
    expect(drawn(steps)).toMatchInlineSnapshot(`
      "
       seconds tcp-client                   tcp-server
               172.18.0.3                   172.18.0.2
         0.000 ├─────────── SYN ───────────▶│ ×2
         0.001 ├─────────── ACK ───────────✕│ corrupted, dropped
         0.002 ├╌╌╌╌╌╌╌╌╌ FIN-ACK ╌╌╌╌╌╌╌╌╌▶│
         0.003 ├─────────── RST ───────────▶│
      "
    `);
  });

  test('shows as much of its payload as has room on it', () => {
    const greeting = 'PSH-ACK 38 bytes "Hello 172.18.0.3, greetings from server"';
    const steps = [...fourHosts, packetStep(1, there, greeting), packetStep(2, there, greeting)];
    const [, , , data = ''] = drawn(steps, { width: 160 }).trim().split('\n');
    expect(data).toContain('─ 38 bytes "Hello 172.18.0.3,…" ─');
    expect(drawn(steps, { width: 80 })).toContain('─ 38 bytes ─');
  });

  test('that is held is drawn in flight, and again when it arrives', () => {
    const held = packetStep(1, there, 'SYN', { fates: ['held'], delivery: 'in-flight' });
    const { endNs: _endNs, ...waiting } = held;
    const arrived = {
      ...packetStep(1, there, 'SYN', { fates: ['held'], tookMs: 2500 }),
      id: held.id,
    };
    expect(drawn([...twoHosts, waiting, arrived])).toMatchInlineSnapshot(`
      "
       seconds tcp-client                   tcp-server
               172.18.0.3                   172.18.0.2
         0.000 ├─────────── SYN ───────────○│ held
             ⋮ ┊                            ┊
         2.500 ├─────────── SYN ───────────▶│ held 2.5 s
      "
    `);
  });

  test('that is known to be lost only later says that it is drawn again; of one that nobody saw nothing is', () => {
    const [lost, unseen] = [1, 2].map((ms) => packetStep(ms, there, 'SYN'));
    if (!lost || !unseen) throw new Error('two packets');
    const waits = ({ endNs: _endNs, ...step }: PacketStep): PacketStep => ({
      ...step,
      delivery: 'in-flight',
    });
    const steps = [
      ...twoHosts,
      waits(lost),
      waits(unseen),
      logStep(900, 'tcp-server', 'listening'),
      { ...waits(lost), delivery: 'lost' as const },
      { ...waits(unseen), delivery: 'unknown' as const },
      packetStep(1000, there, 'SYN', { isRetransmission: true }),
    ];
    expect(drawn(steps)).toMatchInlineSnapshot(`
      "
       seconds tcp-client                   tcp-server
               172.18.0.3                   172.18.0.2
         0.000 ├─────────── SYN ───────────○│
         0.001 ├─────────── SYN ───────────○│
             ⋮ ┊                            ┊
         0.899 │                            ▪ listening
      ↺  0.000 ├────────── SYN ──────────✕  │ now known: lost
         0.999 ├────────── ↻ SYN ──────────▶│ sent again
      "
    `);
  });

  test('crosses the columns in between, and names a receiver that has none', () => {
    const { tcp: _tcp, ...packet } = packetStep(1, 'a > b', 'ACK').packet;
    const message = { code: 0, checksum: 0, checksumStatus: 'good' } as const;
    const steps = [
      ...fourHosts.slice(0, 3),
      packetStep(1, 'tcp-client > udp-client', 'SYN'),
      packetStep(2, 'udp-client > tcp-client', 'PSH-ACK 4000 bytes "Hello, whoever it is"'),
      {
        ...packetStep(3, 'udp-client > ff02::16', ''),
        packet: { ...packet, icmpv6: { ...message, type: 143 } as Icmpv6 },
      },
      {
        ...packetStep(4, '172.18.0.1 > tcp-server', ''),
        host: 'tcp-server',
        packet: { ...packet, icmp: { ...message, type: 8 } as Icmp },
      },
    ];
    expect(drawn(steps)).toMatchInlineSnapshot(`
      "
       seconds tcp-client           tcp-server           udp-client
               172.18.0.3           172.18.0.2           172.18.0.5
         0.000 ├─────── SYN ────────┼───────────────────▶│
         0.001 │◀─── 4000 bytes "Hello, whoever it …" ───┤
         0.002  ff02::16 ◀─ ICMPv6 multicast listener re…┤
         0.003 │                    │◀─ ICMP echo request ── 172.18.0.1
      "
    `);
  });
});
