import { EventEmitter, once } from 'node:events';
import type { Decision, HeldPacketStatus } from '../../model/wire-commands.ts';
import { monotonicNs } from './clock.ts';
import { isCopyable } from './duplicate.ts';
import { NS_PER_MS } from './impairment.ts';
import type { Wait } from './in-flight.ts';
import type { Pipeline } from './pipeline.ts';
import { heldPacketStatus } from './status.ts';

/** The packets that wait for a decision: reported one by one, and identified by their ids. */
export class HeldPackets {
  readonly #pipeline: Pipeline;
  readonly #events = new EventEmitter<{ held: [] }>().setMaxListeners(0);

  constructor(pipeline: Pipeline) {
    this.#pipeline = pipeline;
  }

  /** Reports that one more packet waits. */
  announce(): void {
    this.#events.emit('held');
  }

  /** Waits for the oldest one with an id above `after`; undefined if `signal` is aborted before. */
  async next(after: number, signal: AbortSignal): Promise<HeldPacketStatus | undefined> {
    for (;;) {
      const next = this.#waits().find(({ number }) => number > after);
      if (next !== undefined) return heldPacketStatus(next, monotonicNs());
      try {
        await once(this.#events, 'held', { signal });
      } catch {
        return undefined;
      }
    }
  }

  /** @throws {RangeError} if no such packet waits, or it cannot be duplicated. */
  decide(id: number, decision: Decision): void {
    const wait = this.#waits().find(({ number }) => number === id);
    if (wait === undefined) {
      throw new RangeError(`Cannot decide on packet ${id}: it is not waiting`);
    }
    switch (decision.action) {
      case 'drop':
        this.#pipeline.drop(wait);
        break;
      case 'deliver':
        this.#pipeline.release(wait, monotonicNs());
        break;
      case 'delay':
        this.#pipeline.release(wait, monotonicNs(), { delayNs: decision.delayMs * NS_PER_MS });
        break;
      case 'duplicate':
        if (!isCopyable(wait.transit.packet)) {
          throw new RangeError(
            `Cannot duplicate packet ${id}: it is to a multicast group, or too long`,
          );
        }
        this.#pipeline.release(wait, monotonicNs(), { copies: 1 });
        break;
    }
  }

  #waits(): Wait[] {
    return this.#pipeline.faults
      .filter(({ settings }) => settings.kind === 'hold')
      .flatMap((fault) => this.#pipeline.waitsAt(fault))
      .sort((a, b) => a.number - b.number);
  }
}
