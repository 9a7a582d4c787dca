/**
 * The rules by which the kernel queues packets into the host: a chain of its own in each table that it needs, so that removing it
 * leaves nothing behind and touches nothing else. A packet that no rule is for never leaves the kernel.
 *
 *     raw PREROUTING ──▶ SOCKETLAB-WIRE: UDP of the path is not tracked
 *     filter INPUT ────▶ SOCKETLAB-WIRE: packets of the path are queued
 *
 * Sources: iptables(8), iptables-restore(8), iptables-extensions(8) for NFQUEUE and CT.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { WIRE_CHAIN } from '../../model/wire-chain.ts';
import { type Family, type Path, pathMatches, sparedMatches, udpMatches } from './path-rules.ts';

const families: readonly Family[] = [4, 6];
/** The family whose connections the kernel of a host tracks. */
const TRACKED: Family = 4;

/** Paths, and the queue that takes their packets. */
interface QueuedPaths {
  readonly queue: number;
  readonly paths: readonly Path[];
}

export class Rules {
  /** What each family's chain of queues is now; undefined where there is none. */
  readonly #chains = new Map<Family, string>();

  /**
   * Has the packets of these paths queued, and no others. In each family the change is atomic: a packet that was queued before and
   * is queued after never passes in between.
   *
   * @param all the first that matches a packet takes it
   * @throws {Error} with the message of iptables; then the rules of that family are unchanged.
   */
  async set(all: readonly QueuedPaths[]): Promise<void> {
    await Promise.all(families.map((family) => this.#set(family, all)));
  }

  /** Looks for rules, even those of another process. @returns in how many families there are any */
  async find(): Promise<number> {
    const found = await Promise.all(families.map((family) => listed(family, queues)));
    return found.filter(hasChain).length;
  }

  /** Removes the rules, even those of another process. @returns in how many families there were any */
  async remove(): Promise<number> {
    const found = await Promise.all(families.map(removeChains));
    this.#chains.clear();
    return found.filter((isFound) => isFound).length;
  }

  async #set(family: Family, all: readonly QueuedPaths[]): Promise<void> {
    const before = this.#chains.get(family);
    const queued = all.flatMap(({ queue, paths }) =>
      pathMatches(family, paths).map((match) =>
        append(match, `NFQUEUE --queue-num ${queue} --queue-bypass`),
      ),
    );
    // A family without faults is left as it is.
    if (before === undefined && queued.length === 0) return;
    const spared = sparedMatches(family).map((match) => append(match, 'RETURN'));
    const chain = [`:${WIRE_CHAIN} -`, ...spared, ...queued].join('\n');
    if (chain === before) return;
    const isNew = before === undefined;
    const queueing = changeOf(queues, chain, isNew);
    const paths = all.flatMap((one) => one.paths);
    const untracking =
      family === TRACKED ? [changeOf(tracking, untracked(family, paths), isNew)] : [];
    // A kernel may lack the table, or its target: then only datagrams that come in one piece are worse off.
    await restore(family, [...untracking, queueing]).catch(() => restore(family, [queueing]));
    this.#chains.set(family, chain);
  }
}

/**
 * Datagrams that the sender's kernel hands over in one piece (UDP_SEGMENT, udp(7)) are queued one by one, and share one entry of
 * connection tracking. Where several such pieces of a new conversation wait, their entries clash when they are let through, and the
 * kernel drops all but the first datagram of each later piece. What is not tracked has no entry.
 *
 * Only IPv4 is tracked, for Docker's name server. Over IPv6 the rule itself would begin it, and with it the kernel would put
 * fragments together in front of the queue.
 */
function untracked(family: Family, paths: readonly Path[]): string {
  const rules = udpMatches(family, paths).map((match) => append(match, 'CT --notrack'));
  return [`:${WIRE_CHAIN} -`, ...rules].join('\n');
}

/** A table of the kernel, and the chain in it that leads to ours. */
interface Place {
  readonly table: 'filter' | 'raw';
  readonly from: 'INPUT' | 'PREROUTING';
}

const queues: Place = { table: 'filter', from: 'INPUT' };
const tracking: Place = { table: 'raw', from: 'PREROUTING' };

/** Lines of iptables-restore(8) for one table. */
interface Change {
  readonly table: Place['table'];
  readonly lines: readonly string[];
}

function changeOf({ table, from }: Place, chain: string, isNew: boolean): Change {
  return { table, lines: isNew ? [chain, `-I ${from} -j ${WIRE_CHAIN}`] : [chain] };
}

const append = (match: string, target: string) => `-A ${WIRE_CHAIN} ${match} -j ${target}`;

async function removeChains(family: Family): Promise<boolean> {
  const isFound = await removeChain(family, queues);
  await removeChain(family, tracking).catch(() => {});
  return isFound;
}

async function removeChain(family: Family, place: Place): Promise<boolean> {
  const rules = await listed(family, place);
  if (!hasChain(rules)) return false;
  const jumps = rules.split('\n').filter((line) => line === `-A ${place.from} -j ${WIRE_CHAIN}`);
  const removed = jumps.map(() => `-D ${place.from} -j ${WIRE_CHAIN}`);
  const lines = [...removed, `-F ${WIRE_CHAIN}`, `-X ${WIRE_CHAIN}`];
  await restore(family, [{ table: place.table, lines }]);
  return true;
}

/** The rules of a table, as iptables(8) lists them. */
const listed = (family: Family, { table }: Place) =>
  run(commandOf(family), ['-t', table, '-S'], '');

const hasChain = (rules: string) => rules.includes(`-N ${WIRE_CHAIN}\n`);

const commandOf = (family: Family) => (family === 4 ? 'iptables' : 'ip6tables');

/** Each table changes at once, one after the other. */
async function restore(family: Family, changes: readonly Change[]): Promise<void> {
  const input = changes.flatMap(({ table, lines }) => [`*${table}`, ...lines, 'COMMIT', '']);
  await run(`${commandOf(family)}-restore`, ['--noflush'], input.join('\n'));
}

async function run(command: string, args: readonly string[], input: string): Promise<string> {
  // It ends soon; but old versions of iptables wait for a lock that another process may hold.
  const child = spawn(command, args, { timeout: 10_000, stdio: 'pipe' });
  const ended = once(child, 'close');
  child.stdin.on('error', () => {}).end(input);
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (child.exitCode === 0) return output;
  throw new Error(`${command} failed (${child.exitCode ?? child.signalCode}): ${complaint.trim()}`);
}
