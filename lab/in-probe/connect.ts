/**
 * Runs in a probe, in a host's network namespace: `node connect.ts '{"addresses":["172.18.0.2"],"port":80,"timeoutMs":3000}'`.
 * Opens a TCP connection to each address at once, closes those that open, and prints the outcomes as JSON.
 */
import { connect, type TcpNetConnectOpts } from 'node:net';
import type { ConnectionAttempt, Destination } from '../model/connection-attempt.ts';

function attempt(address: string, { port, timeoutMs }: Destination): Promise<ConnectionAttempt> {
  const options: TcpNetConnectOpts = { host: address, port, timeout: timeoutMs };
  const { promise, resolve } = Promise.withResolvers<ConnectionAttempt>();
  const startedAt = performance.now();
  const end = (failure?: string) => {
    const tookMs = Math.round(performance.now() - startedAt);
    resolve({ address, tookMs, ...(failure !== undefined && { failure }) });
    socket.destroy();
  };
  const socket = connect(options, () => end())
    .on('timeout', () => end('ETIMEDOUT'))
    .on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  return promise;
}

// The process that waited for the result has ended.
process.stdin.resume().on('close', () => process.exit());
const destination: Destination = JSON.parse(process.argv[2] ?? '');
const attempts = destination.addresses.map((address) => attempt(address, destination));
console.log(JSON.stringify(await Promise.all(attempts)));
process.stdin.destroy();
