/**
 * The wire of a host, from outside: finds or starts the probe that runs its program, and speaks to it.
 *
 *     HostWire ──docker exec──▶ control.ts ──socket──▶ main.ts ◀──queue──▶ the host's kernel
 */
import { ask } from '../docker.ts';
import { LabError } from '../error.ts';
import type { FateEvent } from '../event.ts';
import { execute } from '../execute.ts';
import { containersWith } from '../find-hosts.ts';
import type { Host } from '../host.ts';
import { readLog } from '../host-log.ts';
import { HOST, LAB, PURPOSE } from '../labels.ts';
import { runInProbe, startDetached } from '../probe.ts';
import type { Reply } from '../wire/commands.ts';
import type { FaultSettings } from '../wire/faults.ts';
import type { Decision, FaultStatus, HeldPacket, WireStatus } from '../wire/status.ts';

const PROGRAM = [
  'node',
  '--experimental-ffi',
  '--disable-warning=ExperimentalWarning',
  'lab/wire/main.ts',
];
const CAPABILITIES = ['NET_ADMIN', 'NET_RAW'];

type Done = Extract<Reply, { ok: true }>;

export class HostWire {
  readonly host: Host;
  readonly #probeId: string;

  private constructor(host: Host, probeId: string) {
    this.host = host;
    this.#probeId = probeId;
  }

  /** The wire that a host has now. */
  static async find(host: Host): Promise<HostWire | undefined> {
    const probes = await containersWith(`${PURPOSE}=wire`);
    const probe = probes.find(
      ({ Labels, State }) =>
        State === 'running' && Labels[LAB] === host.lab && Labels[HOST] === host.name,
    );
    if (probe === undefined) return undefined;
    const { State } = await ask('look at a wire', (engine) =>
      engine.getContainer(probe.Id).inspect(),
    );
    if (new Date(State.StartedAt) > host.startedAt) return new HostWire(host, probe.Id);
    // Of a host that was started again since: the wire is in a network namespace that nobody is in any more.
    await ask('remove a wire', (engine) => engine.getContainer(probe.Id).remove({ force: true }));
    return undefined;
  }

  /** The wire that a host has now, or a new one. @throws {LabError} when there cannot be one. */
  static async of(host: Host): Promise<HostWire> {
    const found = await HostWire.find(host);
    if (found !== undefined) return found;
    try {
      const probeId = await startDetached(host, {
        purpose: 'wire',
        command: [...PROGRAM, '--host', host.name],
        capabilities: CAPABILITIES,
        // One host, one wire: of two that start at once, one is told that the name is taken.
        name: `socketlab-wire-${host.id.slice(0, 12)}`,
      });
      return new HostWire(host, probeId);
    } catch (error) {
      const other = await HostWire.find(host);
      if (other !== undefined) return other;
      throw error;
    }
  }

  /** Removes the kernel's rules that a killed wire left in a host. */
  static async removeRules(host: Host): Promise<void> {
    const command = [...PROGRAM, '--remove-rules'];
    await runInProbe(host, { purpose: 'deed', command, capabilities: CAPABILITIES });
  }

  async add(fault: FaultSettings): Promise<FaultStatus> {
    return field(await this.#command({ command: 'add', fault }), 'fault');
  }

  /**
   * Heals faults; with the last one the wire goes too.
   *
   * @returns what they had done; nothing of a fault whose time was up, or whose wire was killed: it is healed already.
   */
  async remove(ids: readonly string[]): Promise<readonly FaultStatus[]> {
    try {
      const { faults } = await this.status();
      const present = ids.filter((id) => faults.some((fault) => fault.id === id));
      const removed = field(await this.#command({ command: 'remove', ids: present }), 'removed');
      if (faults.length === present.length) await this.#end();
      return removed;
    } catch (error) {
      if (await this.#isGone()) return [];
      throw error;
    }
  }

  async #isGone(): Promise<boolean> {
    const probes = await containersWith(`${PURPOSE}=wire`);
    return !probes.some(({ Id, State }) => Id === this.#probeId && State === 'running');
  }

  /** The faults that are on; none when the wire has gone meanwhile. */
  async faults(): Promise<readonly FaultStatus[]> {
    try {
      return (await this.status()).faults;
    } catch (error) {
      if (await this.#isGone()) return [];
      throw error;
    }
  }

  /** @throws {LabError} when the wire is gone. */
  async status(): Promise<WireStatus> {
    return field(await this.#command({ command: 'status' }), 'status');
  }

  /** The next packet that waits for a decision, or undefined when none comes within `timeoutMs`. */
  async nextHeld(after: number, timeoutMs: number): Promise<HeldPacket | undefined> {
    const reply = await this.#command({ command: 'next-held', after, timeoutMs });
    return field(reply, 'held') ?? undefined;
  }

  async decide(id: number, decision: Decision): Promise<void> {
    await this.#command({ command: 'decide', id, ...decision });
  }

  /** What becomes of each packet from now on, as long as the wire lasts. */
  async *fates(signal?: AbortSignal): AsyncGenerator<FateEvent> {
    const probe = { id: this.#probeId, name: this.host.name };
    for await (const { line } of readLog(probe, {
      follow: true,
      fromNow: true,
      ...(signal && { signal }),
    })) {
      const event = JSON.parse(line);
      if (event.kind === 'fate') yield event;
    }
  }

  async #command(command: object): Promise<Done> {
    const what = `reach the wire of host "${this.host.name}"`;
    const argv = ['node', 'lab/wire/control.ts', JSON.stringify(command)];
    const { stdout, stderr } = await execute(this.#probeId, argv, what);
    if (stdout.length === 0) throw new LabError('PROBE_FAILED', `Cannot ${what}: ${stderr}`.trim());
    const reply: Reply = JSON.parse(stdout.toString());
    if (reply.ok) return reply;
    const { name, message } = reply.error;
    if (name === 'RangeError') throw new RangeError(message);
    throw name === 'TypeError' ? new TypeError(message) : new LabError('PROBE_FAILED', message);
  }

  /** Ends the program, which removes its rules; the probe is gone then. */
  async #end(): Promise<void> {
    await ask(`end the wire of host "${this.host.name}"`, async (engine) => {
      const probe = engine.getContainer(this.#probeId);
      const gone = probe.wait({ condition: 'removed' });
      await probe.stop({ t: 5 });
      await gone;
    });
  }
}

/** The one field of a reply that a command is answered with. */
function field<Name extends string>(
  reply: Done,
  name: Name,
): Extract<Done, Record<Name, unknown>>[Name] {
  return (reply as Extract<Done, Record<Name, unknown>>)[name];
}
