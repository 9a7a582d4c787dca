import { isIP } from 'node:net';
import { Host } from '../hosts/host.ts';
import type { ConnectionAttempt, Destination } from '../model/connection-attempt.ts';
import { runInProbe } from '../probes/probe.ts';
import { programOf } from '../probes/programs.ts';
import type { MatcherResult } from './matcher-result.ts';

/** How one host should reach another. */
export interface ReachOptions {
  /** The TCP port, 1 to 65,535. */
  readonly port: number;
  /** The IP version. Default: any that the host has an address of; one connection is enough, as for most clients. */
  readonly family?: 4 | 6;
  /**
   * How long the connection may take, in milliseconds. Default: 3,500, in which the kernel retransmits a lost SYN twice
   * (RFC 6298, section 5).
   */
  readonly timeoutMs?: number;
}

/**
 * Opens a TCP connection from one host to another; see `Matchers.toReach`.
 *
 * @throws {TypeError | RangeError} if the subject or the argument is no host, or for an invalid port.
 * @throws {LabError} if the host that connects is not running.
 */
export async function toReach(
  from: unknown,
  to: unknown,
  options: ReachOptions,
): Promise<MatcherResult> {
  if (!(from instanceof Host && to instanceof Host)) {
    throw new TypeError('toReach needs hosts: expect(client).toReach(server, { port })');
  }
  const { port, family, timeoutMs = 3500 } = options;
  if (!(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    throw new RangeError(`toReach: port must be a whole number from 1 to 65535, but is ${port}`);
  }
  await to.refresh();
  await from.refresh();
  const targets = reachable(from, to).filter((one) => family === undefined || isIP(one) === family);
  const attempts = await connectFrom(from, { addresses: targets, port, timeoutMs });
  return {
    pass: attempts.some(({ failure }) => failure === undefined),
    message: () => explain(from, to, port, attempts),
  };
}

/** The addresses on networks that both are on; if there are none, all: a third host may route between the networks. */
function reachable(from: Host, { interfaces, addresses }: Host): string[] {
  const networks = from.interfaces.map(({ network }) => network);
  const common = interfaces.filter(({ network }) => networks.includes(network));
  const direct = common.flatMap(({ ipv4, ipv6 }) => [ipv4 ?? [], ipv6 ?? []].flat());
  return direct.length > 0 ? direct : addresses;
}

async function connectFrom(from: Host, destination: Destination): Promise<ConnectionAttempt[]> {
  const command = ['node', programOf('connect.ts'), JSON.stringify(destination)];
  const verb = 'connect from';
  return JSON.parse(await runInProbe(from, { verb, command, capabilities: [] }));
}

function explain(
  from: Host,
  to: Host,
  port: number,
  attempts: readonly ConnectionAttempt[],
): string {
  const reached = attempts.some(({ failure }) => failure === undefined);
  const wish = `expected host "${from.name}" ${reached ? 'not ' : ''}to reach host "${to.name}"`;
  const tried = attempts.map(
    ({ address, failure, tookMs }) =>
      `  ${address}: ${failure === undefined ? 'connected' : inWords(failure)} after ${tookMs} ms`,
  );
  if (tried.length === 0) tried.push(`  "${to.name}" has no such address: it is ${to.state}`);
  return [`${wish} on TCP port ${port}`, ...tried].join('\n');
}

/** The meaning of the most common failures (connect(2)). */
function inWords(failure: string): string {
  const meanings: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing listens there (RST came back)',
    ETIMEDOUT: 'no answer',
    EHOSTUNREACH: 'no machine with this address answers on the network',
    ENETUNREACH: 'there is no route',
  };
  const meaning = meanings[failure];
  return meaning === undefined ? failure : `${failure}, ${meaning},`;
}
