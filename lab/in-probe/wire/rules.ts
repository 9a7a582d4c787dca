/**
 * The rules by which the kernel queues packets into the host: a chain of its own in each family, so that removing it leaves
 * nothing behind and touches nothing else. A packet that no rule is for never leaves the kernel.
 *
 * Sources: iptables(8), iptables-restore(8), iptables-extensions(8) for NFQUEUE.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { type Family, type Path, pathMatches, sparedMatches } from './path-rules.ts';

const CHAIN = 'SOCKETLAB-WIRE';
const families: readonly Family[] = [4, 6];

/** Paths, and the queue that takes their packets. */
export interface QueuedPaths {
  readonly queue: number;
  readonly paths: readonly Path[];
}

export class Rules {
  /** What each family's chain is now; undefined where there is none. */
  readonly #chains = new Map<Family, string>();

  /**
   * Lets packets of these paths be queued, and no others. In each family all of it takes effect at once: no packet sees a part of
   * it, and one that was queued before and is queued after is never let by in between.
   *
   * @param all the first that a packet belongs to takes it
   * @throws {Error} with what iptables says; then the rules of that family are those that they were.
   */
  async set(all: readonly QueuedPaths[]): Promise<void> {
    await Promise.all(families.map((family) => this.#set(family, all)));
  }

  /** Removes them, whichever process they are of. @returns in how many families there were any. */
  async remove(): Promise<number> {
    const found = await Promise.all(families.map(removeChain));
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
    // A family that no fault is for is left as it is.
    if (before === undefined && queued.length === 0) return;
    const spared = sparedMatches(family).map((match) => append(match, 'RETURN'));
    const chain = [`:${CHAIN} -`, ...spared, ...queued].join('\n');
    if (chain === before) return;
    const jump = before === undefined ? [`-I INPUT -j ${CHAIN}`] : [];
    await restore(family, [chain, ...jump]);
    this.#chains.set(family, chain);
  }
}

const append = (match: string, target: string) => `-A ${CHAIN} ${match} -j ${target}`;

async function removeChain(family: Family): Promise<boolean> {
  const listed = await run(commandOf(family), ['-S'], '');
  if (!listed.includes(`-N ${CHAIN}\n`)) return false;
  const jumps = listed.split('\n').filter((line) => line === `-A INPUT -j ${CHAIN}`);
  await restore(family, [...jumps.map(() => `-D INPUT -j ${CHAIN}`), `-F ${CHAIN}`, `-X ${CHAIN}`]);
  return true;
}

const commandOf = (family: Family) => (family === 4 ? 'iptables' : 'ip6tables');

async function restore(family: Family, lines: readonly string[]): Promise<void> {
  const input = ['*filter', ...lines, 'COMMIT', ''].join('\n');
  await run(`${commandOf(family)}-restore`, ['--noflush'], input);
}

async function run(command: string, args: readonly string[], input: string): Promise<string> {
  // What it does is done soon; but iptables of old waits for a lock that another may keep.
  const child = spawn(command, args, { timeout: 10_000, stdio: 'pipe' });
  const ended = once(child, 'close');
  child.stdin.on('error', () => {}).end(input);
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (child.exitCode === 0) return output;
  throw new Error(`${command} failed (${child.exitCode ?? child.signalCode}): ${complaint.trim()}`);
}
