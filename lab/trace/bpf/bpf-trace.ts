import type { Host } from '../../hosts/host.ts';
import type { LimitCounts } from '../../model/limit.ts';
import { EventQueue } from '../event-queue.ts';
import type { HostTrace } from '../host-trace.ts';
import { HostCalls } from './host-calls.ts';
import type { BpfRecord, CallRecord } from './record.ts';

/** The socket calls of one host, told by the kernel. */
export class BpfTrace implements HostTrace {
  readonly host: Host;
  readonly events = new EventQueue();
  readonly firstProcesses: number[] = [];
  readonly killedProcesses: number[] = [];
  /** Resolves when it is traced: false if it has ended before. */
  readonly isReady: Promise<boolean>;
  readonly #ready = Promise.withResolvers<boolean>();
  readonly #ended = Promise.withResolvers<void>();
  readonly #calls: HostCalls;
  readonly #remove: () => void;
  /** Calls that came before it was ready: what was there is told before them. */
  #early: CallRecord[] | undefined = [];
  #limitsHit: LimitCounts = { memory: 0, processes: 0 };

  /** @param remove has the tracer end it */
  constructor(host: Host, remove: () => void) {
    this.host = host;
    this.#calls = new HostCalls(host.name, host.healthCheck);
    this.#remove = remove;
    this.isReady = this.#ready.promise;
    this.isReady.catch(() => undefined);
  }

  get missed(): number {
    return this.events.missed;
  }

  get limitsHit(): LimitCounts {
    return this.#limitsHit;
  }

  async stop(): Promise<void> {
    this.#remove();
    await this.#ended.promise;
  }

  take(record: BpfRecord): void {
    switch (record.kind) {
      case 'process':
        this.#calls.note(record);
        if (this.#early) this.firstProcesses.push(record.pid);
        break;
      case 'ready':
        this.#begin();
        break;
      case 'missed':
        this.events.missed += record.count;
        break;
      case 'killed':
        this.killedProcesses.push(record.count);
        break;
      case 'memory':
      case 'processes':
        this.#limitsHit = { ...this.#limitsHit, [record.kind]: record.count };
        break;
      case 'ended':
        for (const event of this.#calls.end()) this.events.push(event);
        this.end();
        break;
      default:
        if (this.#early) this.#early.push(record);
        else this.#print(record);
    }
  }

  end(): void {
    this.#ready.resolve(false);
    this.events.end();
    this.#ended.resolve();
  }

  fail(error: Error): void {
    this.#ready.reject(error);
    this.events.fail(error);
    this.#ended.resolve();
  }

  #begin(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    const present = early.filter(({ kind }) => kind === 'present');
    for (const event of this.#calls.present(present)) this.events.push(event);
    for (const record of early) if (record.kind !== 'present') this.#print(record);
    this.#ready.resolve(true);
  }

  #print(record: CallRecord): void {
    for (const event of this.#calls.read(record)) this.events.push(event);
  }
}
