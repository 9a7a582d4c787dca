/** The probe that runs the program of a host's wire: one for each host, shared by all processes, while there is a fault. */
import { setTimeout as sleep } from 'node:timers/promises';
import { containersWith, isProbe } from '../engine/containers.ts';
import { ask, type ContainerInfo } from '../engine/docker.ts';
import { HOST, LAB, PURPOSE, STARTER } from '../engine/labels.ts';
import { hasEnded } from '../engine/owner.ts';
import type { Host } from '../hosts/host.ts';
import type { LabError } from '../model/lab-error.ts';
import { WIRE_CHAIN } from '../model/wire-chain.ts';
import { runDetached, startDetached } from '../probes/detached-probe.ts';
import { runInProbe } from '../probes/probe.ts';
import { programOf } from '../probes/programs.ts';
import { LruMap } from '../util/lru-map.ts';

const PROGRAM = [
  'node',
  '--experimental-ffi',
  '--disable-warning=ExperimentalWarning',
  programOf('wire/main.ts'),
];
const CAPABILITIES = ['NET_ADMIN', 'NET_RAW'];

/** How long another process may take to start the wire. */
const OTHER_TIMEOUT_MS = 20_000;
const POLL_MS = 50;

/** How long the engine may take to notice that a wire has ended. */
const END_TIMEOUT_MS = 1000;

/** When wires were started, by the ids of their probes: it never changes, so that the engine is asked once. */
const starts = new LruMap<string, Date>(10_000);

/** A container with the wire of a host. */
export interface WireProbe {
  readonly id: string;
  readonly host: Host;
  /** Whether the host has stopped since: the wire is alone in its network namespace. */
  readonly isPast: boolean;
}

/** The containers with the wires of some hosts, in the order of the hosts, listed in one request. */
export async function findWireProbes(hosts: readonly Host[]): Promise<WireProbe[]> {
  const running = (await containersWith(`${PURPOSE}=wire`)).filter(
    (container) => container.State === 'running' && isProbe(container),
  );
  const found = await Promise.all(running.map((container) => probeOf(container, hosts)));
  return hosts.flatMap((host) => found.filter((probe) => probe?.host === host) as WireProbe[]);
}

/** The wire in a container; undefined if it belongs to none of these hosts, or has just ended. */
async function probeOf(
  container: ContainerInfo,
  hosts: readonly Host[],
): Promise<WireProbe | undefined> {
  const { Id: id } = container;
  const host = hostOf(container, hosts);
  if (host === undefined) return undefined;
  const joined = joinedBy(container);
  // If the host still exists under another name, its wire is not that of the host that has its name now.
  if (host.networkId !== joined)
    return (await startOf(joined)) ? undefined : { id, host, isPast: true };
  const startedAt = starts.get(id) ?? (await startOf(id));
  if (startedAt) starts.set(id, startedAt);
  return startedAt && { id, host, isPast: !host.hasNetwork || startedAt < host.networkSince };
}

/**
 * The host that a wire's container belongs to: the one whose network it has joined, whatever its name is now; otherwise the
 * one that has replaced it under its name.
 */
export function hostOf(
  container: Pick<ContainerInfo, 'Labels' | 'HostConfig'>,
  hosts: readonly Host[],
): Host | undefined {
  const { [LAB]: lab, [HOST]: name } = container.Labels;
  return (
    hosts.find(({ id }) => id === joinedBy(container)) ??
    hosts.find(({ networkId }) => networkId === joinedBy(container)) ??
    hosts.find((host) => host.lab === lab && host.name === name)
  );
}

/** The id of the host whose network a probe has joined. */
function joinedBy({ HostConfig }: Pick<ContainerInfo, 'HostConfig'>): string {
  return HostConfig.NetworkMode.replace('container:', '');
}

/** When a container was started; undefined if it no longer exists. */
async function startOf(id: string): Promise<Date | undefined> {
  try {
    const info = await ask('look at a wire', (engine) => engine.getContainer(id).inspect());
    return new Date(info.State.StartedAt);
  } catch (error) {
    if ((error as LabError).code === 'NO_HOST') return undefined;
    throw error;
  }
}

/** Those that this process looks for or starts now, by the ids of their networks: faults that begin together share one. */
const looking = new Map<string, Promise<string>>();

/** The container of a host's wire, which is started if there is none. @throws {LabError} if it cannot be started. */
export function wireProbe(host: Host): Promise<string> {
  const { networkId } = host;
  const shared =
    looking.get(networkId) ?? findOrStart(host).finally(() => looking.delete(networkId));
  looking.set(networkId, shared);
  return shared;
}

async function findOrStart(host: Host): Promise<string> {
  const name = nameOf(host);
  const deadline = Date.now() + OTHER_TIMEOUT_MS;
  for (;;) {
    const found = await findWireProbes([host]);
    const now = found.find(({ isPast }) => !isPast);
    if (now !== undefined) return now.id;
    await Promise.all(found.map(({ id }) => endWireProbe(id)));
    try {
      const command = ['sh', programOf('wire/supervise.sh'), ...PROGRAM, '--host', host.name];
      return await startDetached(host, {
        purpose: 'wire',
        verb: 'impair',
        command,
        capabilities: CAPABILITIES,
        name,
      });
    } catch (error) {
      if (!isNameTaken(error as LabError) || Date.now() > deadline) throw error;
    }
    await removeNeverStarted(name);
    await sleep(POLL_MS);
  }
}

/** Ends the wire of a probe, unless it ends by itself; then the probe is removed. */
export async function endWireProbe(id: string): Promise<void> {
  await ask('end a wire', async (engine) => {
    const probe = engine.getContainer(id);
    const gone = probe.wait({ condition: 'removed' });
    // It may have ended already: what counts is that it is removed.
    const stopped = probe.stop({ t: 5 }).catch(() => {});
    await Promise.all([gone, stopped]);
  }).catch((error: LabError) => {
    if (error.code !== 'NO_HOST') throw error;
  });
}

/**
 * Whether the wire of a probe has ended, for a caller that got no answer: when a wire ends, the commands in its probe are
 * killed a moment before the engine reports the end.
 */
export async function isGone(id: string): Promise<boolean> {
  const abortSignal = AbortSignal.timeout(END_TIMEOUT_MS);
  try {
    await ask('look at a wire', (engine) =>
      engine.getContainer(id).wait({ condition: 'not-running', abortSignal }),
    );
    return true;
  } catch (error) {
    if ((error as LabError).code === 'NO_HOST') return true;
    if (abortSignal.aborted) return false;
    throw error;
  }
}

/** Finds or removes the kernel's rules that a killed wire has left in a host. @returns whether there were any */
export async function leftRules(host: Host, action: 'find' | 'remove'): Promise<boolean> {
  // Nearly always there are none, and a container would take ten times as long to tell.
  if (!(await mayHaveRules(host))) return false;
  const command = [...PROGRAM, `--${action}-rules`];
  const verb = `${action} the rules of a wire in`;
  // Under the name of a wire, so that no wire starts meanwhile, whose rules these would be taken for.
  const options = { command, capabilities: CAPABILITIES, name: nameOf(host) };
  try {
    return Number(await runDetached(host, { purpose: 'task', verb, ...options })) > 0;
  } catch (error) {
    // A wire has started, and has removed what was left.
    if (isNameTaken(error as LabError)) return false;
    throw error;
  }
}

/** Whether any wire has rules in a host, also one that has just started; or it cannot be told, as the engine refuses an observer. */
async function mayHaveRules(host: Host): Promise<boolean> {
  try {
    const listed = await runInProbe(host, {
      verb: 'look for rules of a wire in',
      capabilities: CAPABILITIES,
      command: ['sh', '-c', 'iptables -S && ip6tables -S'],
    });
    return listed.includes(`-N ${WIRE_CHAIN}\n`);
  } catch (error) {
    if ((error as LabError).code === 'ENGINE_FAILED') return true;
    throw error;
  }
}

/** One wire for each network: if two processes start one at the same time, one of them finds the name taken. */
const nameOf = (host: Host) => `socketlab-wire-${host.networkId.slice(0, 12)}`;

function isNameTaken({ cause }: LabError): boolean {
  return (cause as { statusCode?: number } | undefined)?.statusCode === 409;
}

/** Removes the container of a process that was killed before it could start it: it blocks the name. */
async function removeNeverStarted(name: string): Promise<void> {
  await ask('remove a wire that was never started', async (engine) => {
    const container = engine.getContainer(name);
    const { State, Config } = await container.inspect();
    if (State.Status === 'created' && hasEnded(Config.Labels[STARTER] ?? '')) {
      await container.remove();
    }
  }).catch((error: LabError) => {
    if (error.code !== 'NO_HOST') throw error;
  });
}
