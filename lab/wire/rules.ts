/**
 * The rules by which the kernel queues packets into the host: a chain of its own in each family, so that removing it leaves
 * nothing behind and touches nothing else.
 *
 * Sources: iptables(8), iptables-restore(8), iptables-extensions(8) for NFQUEUE. Loopback is no wire. Of ICMPv6 (RFC 4443)
 * echo and errors are queued, but neighbour discovery (RFC 4861) and multicast listeners (RFC 2710) are not: a lost
 * neighbour looks like a host that does not exist, not like a bad line.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const CHAIN = 'SOCKETLAB-WIRE';
/** Destination unreachable, packet too big, time exceeded, parameter problem, echo request, echo reply. */
const ICMPV6_TYPES = [1, 2, 3, 4, 128, 129];

const families = [
  { command: 'iptables', matches: ['-p tcp', '-p udp', '-p icmp'] },
  {
    command: 'ip6tables',
    matches: ['-p tcp', '-p udp', ...ICMPV6_TYPES.map((type) => `-p icmpv6 --icmpv6-type ${type}`)],
  },
];

/** What `iptables-restore --noflush` reads; all of it takes effect at once, or nothing. */
function rules(matches: readonly string[], queue: number): string {
  const queued = matches.map(
    (match) => `-A ${CHAIN} ${match} -j NFQUEUE --queue-num ${queue} --queue-bypass`,
  );
  const lines = [`-A ${CHAIN} -i lo -j RETURN`, ...queued, `-I INPUT -j ${CHAIN}`];
  return ['*filter', `:${CHAIN} -`, ...lines, 'COMMIT', ''].join('\n');
}

/** Lets the kernel queue packets into the host. @throws {Error} with what iptables says. */
export async function insertRules(queue: number): Promise<void> {
  for (const { command, matches } of families) {
    await run(`${command}-restore`, ['--noflush'], rules(matches, queue));
  }
}

/** Undoes {@link insertRules}, by whichever process it was done. @returns how many families had rules. */
export async function removeRules(): Promise<number> {
  let found = 0;
  for (const { command } of families) {
    const listed = await run(command, ['-S'], '');
    if (!listed.includes(`-N ${CHAIN}\n`)) continue;
    found += 1;
    const jumps = listed.split('\n').filter((line) => line === `-A INPUT -j ${CHAIN}`);
    const lines = [...jumps.map(() => `-D INPUT -j ${CHAIN}`), `-F ${CHAIN}`, `-X ${CHAIN}`];
    await run(`${command}-restore`, ['--noflush'], ['*filter', ...lines, 'COMMIT', ''].join('\n'));
  }
  return found;
}

async function run(command: string, args: readonly string[], input: string): Promise<string> {
  // What it does is done soon; but iptables of old waits for a lock that another may keep.
  const child = spawn(command, args, { timeout: 5000, stdio: 'pipe' });
  const ended = once(child, 'close');
  child.stdin.on('error', () => {}).end(input);
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (child.exitCode === 0) return output;
  throw new Error(`${command} failed (${child.exitCode ?? child.signalCode}): ${complaint.trim()}`);
}
