import type { FateEvent } from '../model/event.ts';
import type { DirectionReport } from '../model/fault-report.ts';
import { LabError } from '../model/lab-error.ts';
import type { FaultStatus } from '../model/wire-status.ts';
import type { BegunFault, HostWire } from './host-wire.ts';

/** One direction of a fault, which is in the wire of the receiving host. */
export class FaultDirection {
  /** The wire that it is in. */
  readonly wire: HostWire;
  /** The name of the host that sends. */
  readonly from: string;
  /** Its report at the moment when it began. */
  readonly begun: DirectionReport;
  readonly #outcome: BegunFault['outcome'];

  constructor(from: string, { wire, fault, outcome }: BegunFault) {
    this.wire = wire;
    this.from = from;
    this.begun = this.#reportOf(fault);
    this.#outcome = outcome;
  }

  /** The id of the fault. */
  get id(): string {
    return this.begun.status.id;
  }

  /** @throws {LabError} `NO_FAULT` if its wire was killed. */
  async report(): Promise<DirectionReport> {
    const status = await this.#status();
    return status === undefined ? this.outcome() : this.#reportOf(status);
  }

  /**
   * Waits until it is over, and reports what it did.
   *
   * @throws {LabError} `NO_FAULT` if its wire was killed.
   */
  async outcome(): Promise<DirectionReport> {
    const status = await this.#outcome();
    if (status !== undefined) return this.#reportOf(status);
    const why =
      'its wire was killed: what it did is unknown, and the packets that it held back are lost';
    throw new LabError('NO_FAULT', `Fault "${this.id}" is over: ${why}`);
  }

  async isOver(): Promise<boolean> {
    return (await this.#status()) === undefined;
  }

  /** @throws {LabError} `NO_FAULT` if it is over, and its events no longer exist. */
  async *fates(signal: AbortSignal): AsyncGenerator<FateEvent> {
    const { id, startedAtNs } = this.begun.status;
    try {
      for await (const event of this.wire.events(signal)) {
        // An earlier fault in the same wire may have had the same id.
        if (
          event.kind === 'omission' ||
          event.fault !== id ||
          BigInt(event.atNs) < BigInt(startedAtNs)
        )
          continue;
        if (event.kind === 'fate') yield event;
        else if (event.change === 'healed') return;
      }
    } catch (cause) {
      if (signal.aborted) return;
      if (!(await this.isOver())) throw cause;
      throw new LabError('NO_FAULT', `Fault "${this.id}" is over`, { cause });
    }
  }

  /** @returns what it did, even if it was over already; undefined if its wire was killed */
  async heal(): Promise<DirectionReport | undefined> {
    const [healed] = await this.wire.remove([this.id]);
    const status = healed ?? (await this.#outcome());
    return status && this.#reportOf(status);
  }

  async #status(): Promise<FaultStatus | undefined> {
    return (await this.wire.faults()).find(({ id }) => id === this.id);
  }

  #reportOf(status: FaultStatus): DirectionReport {
    return { from: this.from, to: this.wire.host.name, status };
  }
}
