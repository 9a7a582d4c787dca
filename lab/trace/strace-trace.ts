import { once } from 'node:events';
import type { Host } from '../hosts/host.ts';
import { LabError } from '../model/lab-error.ts';
import type { LimitCounts } from '../model/limit.ts';
import { EXIT_TRACED_ALREADY, type Sharing, type TraceLine } from '../model/trace-line.ts';
import { Probe, runInProbe } from '../probes/probe.ts';
import type { ProbeOptions } from '../probes/probe-options.ts';
import { programOf } from '../probes/programs.ts';
import { Lines } from '../util/lines.ts';
import { EventQueue } from './event-queue.ts';
import type { HostTrace } from './host-trace.ts';
import { readTraceLine } from './read-trace-line.ts';

/** To trace, to read the descriptors of the host's user, and to set the processors of its programs. */
const CAPABILITIES = ['SYS_PTRACE', 'DAC_READ_SEARCH', 'SYS_NICE'];

/** Tells a program in the probe which processes are the host's, if they are among those of another container. */
const asGuest = ({ id, isGuest }: Host) => (isGuest ? ['env', `SOCKETLAB_GUEST=${id}`] : []);

/** The socket calls of one host, traced by a probe with strace. */
export class StraceTrace implements HostTrace {
  readonly host: Host;
  readonly events: EventQueue = new EventQueue();
  readonly killedProcesses: readonly number[] = [];
  readonly #probe: Probe;
  readonly #poured: Promise<void>;
  #firstProcesses: readonly number[] = [];
  #limitsHit: LimitCounts = { memory: 0, processes: 0 };
  #sharing: Sharing | undefined;

  private constructor(host: Host, probe: Probe) {
    this.host = host;
    this.#probe = probe;
    this.#poured = this.#pour().catch((error: Error) => this.events.fail(error));
  }

  /**
   * Resolves when all programs of the host are traced.
   *
   * @param isolates see `ProbeOptions`; by the same probe, as each takes half a second of a processor
   * @throws {LabError} `TRACED_ALREADY` if it has a tracer, as a process can have one at most; `PROBE_FAILED` if it cannot be
   * traced for another reason.
   */
  static async start(host: Host, isolates?: ProbeOptions['isolates']): Promise<StraceTrace> {
    const probe = await Probe.start(host, {
      verb: 'trace',
      command: [
        ...asGuest(host),
        ...['node', programOf('trace/main.ts'), host.name],
        ...host.healthCheck,
      ],
      capabilities: CAPABILITIES,
      sharesProcesses: true,
      ...(isolates && { isolates }),
    });
    await Promise.race([once(probe.stdout, 'readable'), probe.ended]);
    if (probe.stdout.readableLength > 0) return new StraceTrace(host, probe);
    const { exitCode, stderr } = await probe.stop();
    const code = exitCode === EXIT_TRACED_ALREADY ? 'TRACED_ALREADY' : 'PROBE_FAILED';
    throw new LabError(code, `Cannot trace host "${host.name}": ${stderr.trim()}`);
  }

  get missed(): number {
    return this.events.missed;
  }

  get firstProcesses(): readonly number[] {
    return this.#firstProcesses;
  }

  get limitsHit(): LimitCounts {
    return this.#limitsHit;
  }

  async stop(): Promise<void> {
    await this.#probe.stop();
    await this.#poured;
  }

  async #pour(): Promise<void> {
    const lines = new Lines();
    const { stdout } = this.#probe;
    for await (const chunk of stdout.setEncoding('utf8')) {
      for (const line of lines.push(chunk)) this.#take(readTraceLine(line));
    }
    this.events.end();
    const { exitCode } = await this.#probe.ended;
    if (exitCode !== 0 && this.#sharing) await this.#endSharing(this.#sharing);
  }

  /** In place of a probe that was killed. If the host no longer exists, there is nothing to do. */
  async #endSharing({ processor, before }: Sharing): Promise<void> {
    const program = ['node', programOf('trace/end-sharing.ts'), processor, before];
    const command = [...asGuest(this.host), ...program];
    const options = { command, capabilities: CAPABILITIES, sharesProcesses: true };
    await runInProbe(this.host, { verb: 'end the trace of', ...options }).catch(() => undefined);
  }

  #take(item: TraceLine): void {
    if ('traced' in item) this.#firstProcesses = item.traced;
    else if ('limit' in item) this.#limitsHit = { ...this.#limitsHit, [item.limit]: item.count };
    else if ('sharing' in item) this.#sharing = item.sharing;
    else if ('missed' in item) this.events.missed += item.missed;
    else this.events.push(item);
  }
}
