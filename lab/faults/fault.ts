import { randomBytes } from 'node:crypto';
import { allDone } from '../all-done.ts';
import { LabError } from '../error.ts';
import type { FateEvent } from '../event.ts';
import type { Host } from '../host.ts';
import type { Lab } from '../lab.ts';
import { merge } from '../merge.ts';
import { faultSettings } from '../wire/fault-settings.ts';
import type { FaultSettings } from '../wire/faults.ts';
import type { FaultStatus } from '../wire/status.ts';
import { HostWire } from './host-wire.ts';

/** What `lab.impair` takes besides the settings of the impairment. */
export interface Between {
  /** The name of the host that sends. */
  readonly from: string;
  /** The name of the host that the packets are on their way to. */
  readonly to: string;
  /** Whether packets the other way are impaired as well. Default: only for a partition. */
  readonly bothWays?: boolean;
}

/** The settings of one impairment, without the addresses, which the lab knows. */
export type Impairment = FaultSettings extends infer S
  ? S extends unknown
    ? Omit<S, 'from' | 'sender'>
    : never
  : never;

/** One direction of a fault, and what it has done so far. */
export interface FaultReport {
  /** Unique in the lab: the host whose wire it is in, and the fault's id there. */
  readonly id: string;
  /** The name of the host that sends. */
  readonly from: string;
  readonly to: string;
  /** The sender was started again and has other addresses now: the fault is for the old ones, whoever has them. */
  readonly isOutdated?: true;
  readonly status: FaultStatus;
}

/**
 * An impairment of the path between two hosts. It lasts until it is healed, or this process ends.
 *
 * @example
 * await using loss = await lab.impair({ kind: 'loss', from: 'client', to: 'server', percent: 30 });
 * const [there] = await loss.report();
 * there?.status.achieved.lossPercent;
 */
export class Fault implements AsyncDisposable {
  /** The same seed and the same traffic give the same fates. */
  readonly seed: string;
  /** One, or both ways two. */
  readonly directions: readonly Direction[];
  #healing: Promise<FaultReport[]> | undefined;

  constructor(seed: string, directions: readonly Direction[]) {
    this.seed = seed;
    this.directions = directions;
  }

  /** The ids that `./socketlab heal` takes: one a direction. */
  get ids(): string[] {
    return this.directions.map(({ wire, id }) => `${wire.host.name}/${id}`);
  }

  /** What each direction was when it had just begun. */
  get begun(): FaultReport[] {
    return this.directions.map((way) => reportOf(way, way.begun));
  }

  /**
   * What each direction has done so far; after healing, what it did.
   *
   * @throws {LabError} `NO_FAULT` when it is over otherwise: its time was up, somebody else healed it, its wire was killed.
   */
  async report(): Promise<FaultReport[]> {
    if (this.#healing !== undefined) return this.#healing;
    return Promise.all(
      this.directions.map(async (way) => {
        const faults = await way.wire.faults();
        const status = faults.find(({ id }) => id === way.id);
        if (status !== undefined) return reportOf(way, status);
        throw new LabError('NO_FAULT', `Fault "${way.id}" is over`);
      }),
    );
  }

  /**
   * What becomes of each packet, from the beginning of the fault until it is healed; whenever it is asked, nothing is missed.
   *
   * Of each fate at most 500 packets a second are told at a host (the counters of {@link report} are of all), and the
   * events are kept as long as the host has a fault: about the last 8 MB of them. With several faults on a path each tells
   * what it did itself: the last one that had an effect on a packet says that it was delivered.
   *
   * @param signal ends it, without an error
   * @throws {LabError} `NO_FAULT` when it is over, and its events are gone.
   *
   * @example
   * for await (const { fate, packet } of fault.fates()) {
   *   if (fate === 'lost') console.log(packet.ipId);
   * }
   */
  async *fates(signal?: AbortSignal): AsyncGenerator<FateEvent> {
    const ending = new AbortController();
    const end = AbortSignal.any([ending.signal, ...(signal ? [signal] : [])]);
    try {
      yield* merge(this.directions.map((way) => fatesOf(way, end)));
    } finally {
      // Whoever stops listening leaves no connection to the engine open.
      ending.abort();
    }
  }

  /** Lets it last until somebody heals it, also when this process has ended. */
  async keep(): Promise<void> {
    await Promise.all(this.directions.map(({ wire, id }) => wire.keep([id])));
  }

  /**
   * Ends the fault: packets that wait go on their way. A second time does nothing, unless the first has failed.
   *
   * @returns what it did; nothing of a direction that was over already.
   */
  heal(): Promise<FaultReport[]> {
    this.#healing ??= this.#heal().catch((error: unknown) => {
      this.#healing = undefined;
      throw error;
    });
    return this.#healing;
  }

  async #heal(): Promise<FaultReport[]> {
    const reports = await allDone(
      this.directions.map(async (way) => {
        const [status] = await way.wire.remove([way.id]);
        return status && reportOf(way, status);
      }),
    );
    return reports.filter((report) => report !== undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.heal();
  }
}

/** A fault in the wire of one host. */
export interface Direction {
  readonly wire: HostWire;
  readonly id: string;
  /** What it was when it had just begun. */
  readonly begun: FaultStatus;
  /** When it began, as in an event. */
  readonly startedAtNs: string;
  readonly from: string;
}

async function* fatesOf(way: Direction, signal: AbortSignal): AsyncGenerator<FateEvent> {
  const { wire, id, startedAtNs } = way;
  try {
    for await (const event of wire.events(signal)) {
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
    const faults = await wire.faults();
    if (faults.some((fault) => fault.id === id)) throw cause;
    throw new LabError('NO_FAULT', `Fault "${id}" is over`, { cause });
  }
}

function reportOf({ wire, id, from }: Direction, status: FaultStatus): FaultReport {
  return { id: `${wire.host.name}/${id}`, from, to: wire.host.name, status };
}

/** Impairs the path between two hosts; see `Lab.impair`. */
export async function impair(lab: Lab, fault: Between & Impairment): Promise<Fault> {
  const { from, to, bothWays = fault.kind === 'partition', ...impairment } = fault;
  if (from === to) throw new RangeError(`Cannot impair the path from host "${from}" to itself`);
  const [sender, receiver] = await Promise.all([lab.find(from), lab.find(to)]);
  const seed = impairment.seed ?? randomBytes(4).toString('hex');
  const settings = { ...impairment, seed } as FaultSettings;
  const paths = bothWays
    ? ([
        [sender, receiver],
        [receiver, sender],
      ] as const)
    : ([[sender, receiver]] as const);
  for (const [, at] of paths) faultSettings(settings, at.name);
  const directions: Direction[] = [];
  try {
    for (const [source, at] of paths) directions.push(await impairInto(at, source, settings));
  } catch (error) {
    await new Fault(seed, directions).heal();
    throw error;
  }
  return new Fault(seed, directions);
}

async function impairInto(at: Host, source: Host, settings: FaultSettings): Promise<Direction> {
  await source.requireRunning('impair the path from');
  await at.requireRunning('impair the path to');
  const sender = { from: source.addresses, sender: source.name };
  const { wire, fault } = await HostWire.impair(at, { ...settings, ...sender });
  return { wire, id: fault.id, begun: fault, startedAtNs: fault.startedAtNs, from: source.name };
}
