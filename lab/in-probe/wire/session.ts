import type { FaultStatus } from '../../model/wire-status.ts';
import type { Commanded } from './commanded.ts';

/**
 * One connection to the wire. Faults that were begun on it end with it, unless they are kept: the process that began them may have
 * been killed before it could heal them.
 */
export class Session {
  readonly wire: Commanded;
  /** The faults that end with it: when each began, by its id, which may be reused. */
  readonly #own = new Map<string, string>();
  #isOver = false;

  constructor(wire: Commanded) {
    this.wire = wire;
  }

  async add(settings: unknown, { isPrepared = false } = {}): Promise<FaultStatus> {
    const fault = await this.wire.add(settings, { isPrepared });
    await this.#takeOver([fault]);
    return fault;
  }

  /** Begins faults that it has prepared. */
  async begin(ids: readonly string[], atNs: number): Promise<FaultStatus[]> {
    const faults = await this.wire.begin(ids, atNs);
    await this.#takeOver(faults);
    return faults;
  }

  /** Lets faults outlast the session. */
  keep(ids: readonly string[]): void {
    for (const id of ids) this.#own.delete(id);
  }

  async #takeOver(faults: readonly FaultStatus[]): Promise<void> {
    for (const { id, startedAtNs } of faults) this.#own.set(id, startedAtNs);
    if (this.#isOver) await this.end();
  }

  async end(): Promise<void> {
    this.#isOver = true;
    const { faults, prepared } = this.wire.status;
    const own = [...faults, ...prepared].filter(
      ({ id, startedAtNs }) => this.#own.get(id) === startedAtNs,
    );
    this.#own.clear();
    if (own.length > 0) await this.wire.remove(own.map(({ id }) => id));
  }
}
