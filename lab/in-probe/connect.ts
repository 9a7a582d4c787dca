/**
 * Runs in a probe, in a host's network namespace: `node lab/connect.ts '{"addresses":["172.18.0.2"],"port":80,"timeoutMs":3000}'`.
 * Opens a TCP connection to each address at once, closes those that open, and prints what became of each as JSON.
 */
import { connect, type TcpNetConnectOpts } from 'node:net';

/** What to connect to. */
export interface Destination {
  readonly addresses: readonly string[];
  readonly port: number;
  /** How long each connection may take to open, in milliseconds. */
  readonly timeoutMs: number;
}

/** What became of a connection. */
export interface Attempt {
  readonly address: string;
  readonly tookMs: number;
  /** The error's code, as in `ECONNREFUSED`, or `ETIMEDOUT` when the time was over; none when it opened. */
  readonly failure?: string;
}

function attempt(address: string, { port, timeoutMs }: Destination): Promise<Attempt> {
  const options: TcpNetConnectOpts = { host: address, port, timeout: timeoutMs };
  const { promise, resolve } = Promise.withResolvers<Attempt>();
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

const destination: Destination = JSON.parse(process.argv[2] ?? '');
const attempts = destination.addresses.map((address) => attempt(address, destination));
console.log(JSON.stringify(await Promise.all(attempts)));
