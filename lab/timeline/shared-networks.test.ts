/** Hosts on several networks, and programs in several hosts that share one. */
import { expect, test } from 'vitest';
import type { CallEvent, HostEvent } from '../model/event.ts';
import { at, type CallMore, call, passes } from './testing/by-hand.ts';
import { callsOf, linkedSteps, packetsOf, timelineOf } from './testing/recorded.ts';

const told = (host: string, addresses: string[], sharesNetworkOf?: string): HostEvent => ({
  kind: 'host',
  atNs: at(0),
  host,
  state: 'running',
  addresses,
  ...(sharesNetworkOf !== undefined && { sharesNetworkOf }),
});

const client = { address: '10.0.0.2', port: 4000 };
const server = { address: '10.0.0.1', port: 7 };
const sent = { atMs: 1.01, from: '10.0.0.2:4000', to: '10.0.0.1:7', data: 'hello' };
const ofSocket = (name: CallEvent['call'], more: CallMore): CallMore & Pick<CallEvent, 'call'> => ({
  call: name,
  ...more,
});

test('a call is reported at the host whose program made it, and linked with the packet of the network that it shares', () => {
  const socket = { fd: 3, protocol: 'udp', local: client } as const;
  const data = { bytes: 5, preview: 'hello' };
  const { steps, conversations } = timelineOf([
    told('h1', [server.address]),
    told('h2', [client.address]),
    told('side', [client.address], 'h2'),
    call('side', 1, ofSocket('sendto', { socket, peer: server, result: 5, data })),
    ...passes(sent),
    call(
      'h1',
      0.5,
      ofSocket('recvfrom', {
        socket: { fd: 3, protocol: 'udp', local: server },
        peer: client,
        result: 5,
        data,
        tookNs: 1e6,
      }),
    ),
  ]);
  const [packet] = packetsOf(steps);
  expect(packet).toMatchObject({ from: 'h2', to: 'h1', delivery: 'arrived' });
  expect(linkedSteps(steps, packet, 'caused-by')).toEqual(callsOf(steps, 'sendto'));
  expect(linkedSteps(steps, packet, 'completed')).toEqual(callsOf(steps, 'recvfrom'));
  expect(callsOf(steps, 'sendto')).toMatchObject([{ host: 'side', conversation: 1 }]);
  expect(conversations).toMatchObject([{ client: { host: 'h2' }, server: { host: 'h1' } }]);
});

test('a host is known by all of its addresses, also where another one forwards its packets', () => {
  const there = { atMs: 1, from: '10.0.0.2:4000', to: '10.1.0.1:7', data: 'hello' };
  const [leaves, arrives] = passes(there);
  if (!leaves || !arrives) throw new Error('a packet passes from one to another');
  const { steps } = timelineOf([
    told('a', ['10.0.0.2', '10.2.0.2']),
    told('b', ['10.1.0.1']),
    { ...leaves, host: 'a' },
    { ...arrives, host: 'router', atNs: at(1.1) },
    { ...leaves, host: 'router', atNs: at(1.2) },
    { ...arrives, host: 'b', atNs: at(1.3) },
    ...passes({ ...there, atMs: 2, from: '10.2.0.2:5', id: 2 }).map((event) => ({
      ...event,
      host: event.direction === 'out' ? 'a' : 'b',
    })),
  ]);
  expect(packetsOf(steps).map(({ from, to }) => `${from} ${to}`)).toEqual([
    'a router',
    'router b',
    'a b',
  ]);
});
