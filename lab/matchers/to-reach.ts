import { isIP } from 'node:net';
import { Host } from '../hosts/host.ts';
import type { ConnectionAttempt, Destination } from '../model/connection-attempt.ts';
import { runInProbe } from '../probes/probe.ts';
import { programOf } from '../probes/programs.ts';
import type { MatcherResult } from './matcher-result.ts';

/** How one host is to reach another. */
export interface ReachOptions {
  /** The TCP port, 1 to 65,535. */
  readonly port: number;
  /** The IP version. Default: whichever the host has an address of, and one is enough, as for most clients. */
  readonly family?: 4 | 6;
  /**
   * How long the connection may take, in milliseconds. Default: 3,500, in which the kernel sends a lost SYN twice more
   * (after 1 s and 2 s: RFC 6298, section 5).
   */
  readonly timeoutMs?: number;
}

/**
 * Opens a TCP connection from one host to another; see `Matchers.toReach`.
 *
 * @throws {TypeError | RangeError} when what is compared are no hosts, or for a port that cannot be.
 * @throws {LabError} when the host that is to connect is not running.
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

/** The addresses on networks that both have; or all, where a third host may lead from one network to the other. */
function reachable(from: Host, { interfaces, addresses }: Host): string[] {
  const networks = from.interfaces.map(({ network }) => network);
  const common = interfaces.filter(({ network }) => networks.includes(network));
  const direct = common.flatMap(({ ipv4, ipv6 }) => [ipv4 ?? [], ipv6 ?? []].flat());
  return direct.length > 0 ? direct : addresses;
}

async function connectFrom(from: Host, destination: Destination): Promise<ConnectionAttempt[]> {
  const command = ['node', programOf('connect.ts'), JSON.stringify(destination)];
  const verb = 'connect from';
  return JSON.parse(await runInProbe(from, { purpose: 'task', verb, command, capabilities: [] }));
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

/** What the commonest failures mean (connect(2)). */
function inWords(failure: string): string {
  const meanings: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nobody listens there (RST came back)',
    ETIMEDOUT: 'no answer',
    EHOSTUNREACH: 'no such machine answers on the network',
    ENETUNREACH: 'there is no route',
  };
  const meaning = meanings[failure];
  return meaning === undefined ? failure : `${failure}, ${meaning},`;
}
