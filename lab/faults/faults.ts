import { allDone } from '../engine/all-done.ts';
import type { DirectionReport } from '../model/fault-report.ts';
import type { Fault } from './fault.ts';

/** Several faults that were begun as one, as for a preset: each has an id of its own, and they are healed together. */
export class Faults implements AsyncDisposable {
  /** In the order in which they act on a packet. */
  readonly all: readonly Fault[];

  constructor(all: readonly Fault[]) {
    this.all = all;
  }

  /** What each has done so far, or did until it was over: a report for each direction of each. */
  async report(): Promise<DirectionReport[]> {
    return (await Promise.all(this.all.map((fault) => fault.report()))).flat();
  }

  /** Waits until all are over, and reports what each did. */
  async outcome(): Promise<DirectionReport[]> {
    return (await Promise.all(this.all.map((fault) => fault.outcome()))).flat();
  }

  /** Lets them outlast this process, until they are healed. */
  async keep(): Promise<void> {
    await Promise.all(this.all.map((fault) => fault.keep()));
  }

  /** Heals them. @returns what each did */
  async heal(): Promise<DirectionReport[]> {
    return (await allDone(this.all.map((fault) => fault.heal()))).flat();
  }

  /** Heals them. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.heal();
  }
}
