import type { CallEvent, LabEvent } from '../../lab/index.ts';
import { waitsForOthers } from '../../lab/timeline/calls.ts';
import type { CallStep, Step } from '../../lab/timeline/step.ts';

/** Shorter, and a call will be told when it returns. */
const PATIENCE_NS = 1_000_000_000n;

/**
 * Calls that wait for somebody else, and may do so for ever: a timeline gives them when they return, as it is then that they
 * have their place. Who looks for what a program is stuck in has to be told before.
 */
export class WaitingCalls {
  readonly #waiting = new Map<string, CallEvent>();
  readonly #told = new Set<string>();
  #count = 0;

  event(event: LabEvent): void {
    if (event.kind === 'host' && event.state !== 'running' && event.state !== 'paused') {
      this.#forget(event.host);
    }
    if (event.kind !== 'call' || !waitsForOthers(event)) return;
    if (event.stage === 'waiting') {
      this.#waiting.set(keyOf(event), event);
    } else {
      this.#waiting.delete(keyOf(event));
      this.#told.delete(keyOf(event));
    }
  }

  /** Its programs have ended, and their calls with them. */
  #forget(host: string): void {
    const keys = [...this.#waiting.keys(), ...this.#told];
    for (const key of keys.filter((one) => one.startsWith(`${host} `))) {
      this.#waiting.delete(key);
      this.#told.delete(key);
    }
  }

  /** Those that have waited for long, each once. */
  due(untilNs: string): CallStep[] {
    const due = [...this.#waiting].filter(
      ([, { atNs }]) => BigInt(untilNs) - BigInt(atNs) >= PATIENCE_NS,
    );
    return due.map(([key, call]) => {
      this.#waiting.delete(key);
      this.#told.add(key);
      return this.#stepOf(call, untilNs);
    });
  }

  /** Whether a step is one that has been told, and still waits. */
  hasTold(step: Step): boolean {
    return step.kind === 'call' && this.#told.has(keyOf(step.call));
  }

  /** A step of its own, which no timeline has: its id is less than 0. */
  #stepOf(call: CallEvent, atNs: string): CallStep {
    this.#count += 1;
    return {
      kind: 'call',
      id: -this.#count,
      atNs,
      host: call.host,
      call,
      isOverdue: true,
      links: [],
    };
  }
}

/** With its time, as a trace that begins anew counts from 1 again. */
function keyOf({ host, id, atNs }: CallEvent): string {
  return `${host} ${id} ${atNs}`;
}
