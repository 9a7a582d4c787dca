/** A lab of many hosts, of which each has a server that listens, and some talk. */
import { ACK, PSH, SYN } from './frames.ts';
import { Story, type Teller } from './story.ts';

const PORT = 80;

interface Crowd {
  readonly hosts: number;
  /** Who talks to whom each second, as numbers of hosts from 0: the first of each begins. */
  readonly talks: readonly (readonly [client: number, server: number])[];
  readonly seconds?: number;
}

/** Hosts `host-0`, `host-1` and so on; their talks are those of `seconds` in turn. */
export function crowd({ hosts, talks, seconds = 1 }: Crowd): Story {
  const story = new Story();
  const all = Array.from({ length: hosts }, (_, n) => tellerOf(n));
  for (const host of all) story.host(host);
  story.wait(1);
  for (const host of all) addListener(story, host);
  for (let second = 0; second < seconds; second += 1) {
    for (const [n, [client, server]] of talks.entries()) {
      greets(story, tellerOf(client), tellerOf(server), 40_000 + second * talks.length + n);
    }
    story.wait(1000 - talks.length);
  }
  return story;
}

function tellerOf(n: number): Teller {
  return { name: `host-${n}`, address: `10.1.${Math.floor(n / 250)}.${(n % 250) + 2}` };
}

function addListener(story: Story, { name, address }: Teller): void {
  const local = { address, port: PORT };
  story.call(name, {
    call: 'listen',
    arguments: { backlog: 64 },
    socket: { fd: 3, protocol: 'tcp', local },
    result: 0,
  });
}

/** Takes a millisecond. */
function greets(story: Story, client: Teller, server: Teller, clientPort: number): void {
  const local = { address: client.address, port: clientPort };
  const remote = { address: server.address, port: PORT };
  const socket = { fd: 18, protocol: 'tcp', local, remote } as const;
  const [there, back] = [
    { fromPort: clientPort, toPort: PORT },
    { fromPort: PORT, toPort: clientPort },
  ];
  const flight = { flightMs: 0.05 };
  const before = BigInt(story.atNs);
  const connected = story.waiting(client.name, {
    call: 'connect',
    arguments: {},
    socket,
    peer: remote,
  });
  const syn = { flags: SYN, sequence: 1000, acknowledgment: 0 };
  story.wait(0.05).packet(client, server, { ...there, tcp: syn }, flight);
  const synAck = { flags: SYN | ACK, sequence: 5000, acknowledgment: 1001 };
  story.wait(0.05).packet(server, client, { ...back, tcp: synAck }, flight);
  connected({ result: 0 });
  const data = { bytes: 5, preview: 'hello' };
  story.call(client.name, {
    call: 'write',
    arguments: { requestedBytes: 5 },
    socket,
    data,
    result: 5,
  });
  const hello = { flags: PSH | ACK, sequence: 1001, acknowledgment: 5001 };
  story.wait(0.05).packet(client, server, { ...there, tcp: hello, data: 'hello' }, flight);
  const served = { fd: 20, protocol: 'tcp', local: remote, remote: local } as const;
  story.call(server.name, { call: 'read', arguments: {}, socket: served, data, result: 5 });
  story.log(server.name, `served ${client.name}`);
  story.wait(1 - Number(BigInt(story.atNs) - before) / 1e6);
}
