import { ACK, FIN, PSH, SYN } from './frames.ts';
import { Story, type Teller } from './story.ts';

export const tcpClient: Teller = { name: 'tcp-client', address: '172.18.0.3', role: 'tcp-client' };
export const tcpServer: Teller = { name: 'tcp-server', address: '172.18.0.2', role: 'tcp-server' };
export const udpClient: Teller = { name: 'udp-client', address: '172.18.0.5', role: 'udp-client' };
export const udpServer: Teller = {
  name: 'udp-echo-server',
  address: '172.18.0.4',
  role: 'udp-echo-server',
};

const SERVER_PORT = 50_000;
const GREETING = 'Hello from the server\n';

/** What there is to see: all of `lossyStory`, and at its end a packet that is held. */
export function wholeStory(): Story {
  const story = lossyStory();
  const there = { fromPort: 41_240, toPort: SERVER_PORT };
  const local = { address: tcpClient.address, port: there.fromPort };
  const remote = { address: tcpServer.address, port: SERVER_PORT };
  const socket = { fd: 18, protocol: 'tcp', local, remote } as const;
  story.wait(400).fault('tcp-server', 'applied', { kind: 'hold' });
  story.wait(1).waiting('tcp-client', {
    call: 'connect',
    arguments: {},
    socket,
    peer: remote,
  });
  const syn = { flags: SYN, sequence: 77_000, acknowledgment: 0 };
  return story.wait(0.05).packet(tcpClient, tcpServer, { ...there, tcp: syn }, { fate: 'held' });
}

/** One TCP conversation and one UDP exchange; the greeting is lost once, and so is the first datagram. */
export function lossyStory(): Story {
  const story = new Story();
  for (const host of [tcpClient, tcpServer, udpClient, udpServer]) story.host(host);
  story.wait(3);
  tcpConversation(story, { clientPort: 41_234, loses: true });
  story.wait(850);
  udpExchange(story, { clientPort: 39_001, loses: true });
  return story;
}

interface Telling {
  readonly clientPort: number;
  readonly loses?: boolean;
}

export function tcpConversation(story: Story, { clientPort, loses = false }: Telling): void {
  const local = { address: tcpClient.address, port: clientPort };
  const remote = { address: tcpServer.address, port: SERVER_PORT };
  const there = { fromPort: clientPort, toPort: SERVER_PORT };
  const back = { fromPort: SERVER_PORT, toPort: clientPort };
  const socket = { fd: 18, protocol: 'tcp', local, remote } as const;
  const served = { fd: 20, protocol: 'tcp', local: remote, remote: local } as const;
  const accepts = story.waiting('tcp-server', { call: 'accept', arguments: {} });
  story.wait(1.5).call('tcp-client', {
    call: 'socket',
    arguments: { family: 'AF_INET', type: 'SOCK_STREAM' },
    result: 18,
  });
  const connected = story.wait(0.1).waiting('tcp-client', {
    call: 'connect',
    arguments: {},
    socket,
    peer: remote,
  });
  const tcp = (flags: number, sequence: number, acknowledgment: number) => ({
    tcp: { flags, sequence, acknowledgment },
  });
  story.wait(0.03).packet(tcpClient, tcpServer, { ...there, ...tcp(SYN, 1000, 0) });
  story.wait(0.02).packet(tcpServer, tcpClient, { ...back, ...tcp(SYN | ACK, 5000, 1001) });
  connected({ result: 0 });
  story.wait(0.02).packet(tcpClient, tcpServer, { ...there, ...tcp(ACK, 1001, 5001) });
  story.wait(0.04);
  accepts({ result: 20, socket: served, peer: local });
  if (loses) story.wait(0.1).fault('tcp-client', 'applied', { kind: 'loss', percent: 30 });
  const data = { bytes: GREETING.length, preview: 'Hello from the server\\n' };
  story.wait(0.2).call('tcp-server', {
    call: 'write',
    arguments: { requestedBytes: 22 },
    socket: served,
    data,
    result: 22,
  });
  const greeting = { ...back, ...tcp(PSH | ACK, 5001, 1001), data: GREETING };
  if (loses) {
    story.packet(tcpServer, tcpClient, greeting, { fate: 'lost' });
    story.wait(204);
  }
  story.packet(tcpServer, tcpClient, greeting);
  story.wait(0.02).packet(tcpClient, tcpServer, { ...there, ...tcp(ACK, 1001, 5023) });
  story.wait(0.05).call('tcp-client', {
    call: 'read',
    arguments: { requestedBytes: 65_536 },
    socket,
    data,
    result: 22,
  });
  story.log('tcp-client', '{"level":"info","event":"received","text":"Hello from the server"}');
  if (loses) story.wait(0.1).fault('tcp-client', 'healed', { kind: 'loss', percent: 30 });
  story
    .wait(0.2)
    .call('tcp-client', { call: 'shutdown', arguments: { how: 'SHUT_WR' }, socket, result: 0 });
  story.packet(tcpClient, tcpServer, { ...there, ...tcp(FIN | ACK, 1001, 5023) });
  story.wait(0.08).call('tcp-server', { call: 'close', arguments: {}, socket: served, result: 0 });
  story.packet(tcpServer, tcpClient, { ...back, ...tcp(FIN | ACK, 5023, 1002) });
  story.wait(0.02).packet(tcpClient, tcpServer, { ...there, ...tcp(ACK, 1002, 5024) });
  story.wait(0.02).call('tcp-client', { call: 'close', arguments: {}, socket, result: 0 });
}

function udpExchange(story: Story, { clientPort, loses = false }: Telling): void {
  const local = { address: udpClient.address, port: clientPort };
  const remote = { address: udpServer.address, port: SERVER_PORT };
  const socket = { fd: 17, protocol: 'udp', local, remote } as const;
  const there = { fromPort: clientPort, toPort: SERVER_PORT, data: 'ping 1' };
  const back = { fromPort: SERVER_PORT, toPort: clientPort, data: 'Echo: ping 1' };
  const data = { bytes: 6, preview: 'ping 1' };
  for (const isLost of loses ? [true, false] : [false]) {
    const words = { arguments: {}, socket, data, peer: remote, result: 6 };
    story.call('udp-client', { call: 'sendto', ...words });
    story.packet(udpClient, udpServer, there, isLost ? { fate: 'lost' } : {});
    if (isLost) story.wait(1000);
  }
  story
    .wait(0.1)
    .call('udp-echo-server', { call: 'recvmsg', arguments: {}, data, peer: local, result: 6 });
  const echo = { bytes: 12, preview: 'Echo: ping 1' };
  story.call('udp-echo-server', {
    call: 'sendmsg',
    arguments: {},
    data: echo,
    peer: local,
    result: 12,
  });
  story.packet(udpServer, udpClient, back, { flightMs: 40, fate: 'delayed' });
  story
    .wait(0.1)
    .call('udp-client', { call: 'recvmsg', arguments: {}, socket, data: echo, result: 12 });
}
