import { EventEmitter, once } from 'node:events';
import type { HeldPacketStatus } from '../../model/wire-commands.ts';
import type { FaultStatus, WireStatus } from '../../model/wire-status.ts';
import type { Commanded } from './commanded.ts';
import { WireEnded } from './wire-ended.ts';

/** What answers in place of a wire that was killed, until it is healed: it has no faults, and says why. */
export class KilledWire implements Commanded {
  readonly ends = new EventEmitter<{ healed: [FaultStatus] }>();
  readonly #healing = new EventEmitter<{ healed: [] }>();
  readonly #host: string;
  /** Resolves when somebody heals it. */
  readonly healed: Promise<unknown> = once(this.#healing, 'healed');

  constructor(host: string) {
    this.#host = host;
  }

  readonly status: WireStatus = {
    isKilled: true,
    faults: [],
    prepared: [],
    healed: [],
    inFlight: 0,
    overflowed: 0,
    missed: 0,
    copiesFailed: 0,
  };

  /** @throws {WireEnded} always: a new fault needs a new wire. */
  async add(): Promise<never> {
    throw new WireEnded(`The wire of host "${this.#host}" was killed`);
  }

  async begin(): Promise<FaultStatus[]> {
    return [];
  }

  async remove(): Promise<FaultStatus[]> {
    this.#healing.emit('healed');
    return [];
  }

  async nextHeld(): Promise<HeldPacketStatus | undefined> {
    return undefined;
  }

  /** @throws {RangeError} always. */
  decide(id: number): never {
    throw new RangeError(`Cannot decide on packet ${id}: the wire that held it was killed`);
  }
}
