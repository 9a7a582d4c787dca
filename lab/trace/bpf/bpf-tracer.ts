/**
 * The program that traces hosts: the loader of `lab/in-probe/trace/bpf/`, in the observer. One traces all hosts of this process; it is
 * started for the first, and ended after the last.
 *
 *     kernel ──▶ loader ──records──▶ RecordParser ─┬─▶ BpfTrace of host a ──▶ CallEvent, CallEvent, …
 *                                                  └─▶ BpfTrace of host b
 */
import { text } from 'node:stream/consumers';
import type { Host } from '../../hosts/host.ts';
import { LabError } from '../../model/lab-error.ts';
import type { ObservedProgram } from '../../probes/observed-program.ts';
import { observer } from '../../probes/observer.ts';
import { BpfTrace } from './bpf-trace.ts';
import { RecordParser } from './record-parser.ts';

export class BpfTracer {
  static readonly #running = new Set<BpfTracer>();
  readonly #program: Promise<ObservedProgram> = startProgram();
  readonly #traces = new Map<number, BpfTrace>();
  #count = 0;

  private constructor() {
    BpfTracer.#running.add(this);
    void this.#pour();
  }

  /**
   * Traces a host. Resolves when all its programs are traced.
   *
   * @throws {LabError} `HOST_NOT_RUNNING` if it has just ended; `NO_BPF` if the kernel does not take the programs.
   */
  static async trace(host: Host): Promise<BpfTrace> {
    // Each knows a host once: one that is traced twice has another one, too.
    const free = [...BpfTracer.#running].find((one) => !one.#isTracing(host));
    const trace = (free ?? new BpfTracer()).#add(host);
    if (await trace.isReady) return trace;
    throw new LabError('HOST_NOT_RUNNING', `Cannot trace host "${host.name}": it has just ended`);
  }

  #isTracing({ id }: Host): boolean {
    return [...this.#traces.values()].some(({ host }) => host.id === id);
  }

  #add(host: Host): BpfTrace {
    this.#count += 1;
    const number = this.#count;
    const trace = new BpfTrace(host, () => this.#tell(`remove ${number}`));
    this.#traces.set(number, trace);
    this.#tell(`add ${number} ${host.pid} ${host.id}`);
    return trace;
  }

  #tell(command: string): void {
    this.#program.then(
      (program) => program.write(`${command}\n`),
      () => {}, // the traces fail with it
    );
  }

  async #pour(): Promise<void> {
    try {
      const program = await this.#program;
      const complaint = text(program.stderr);
      const parser = new RecordParser();
      program.stdout.on('data', (chunk: Buffer) => {
        for (const record of parser.push(chunk)) {
          this.#traces.get(record.host)?.take(record);
          if (record.kind === 'ended') this.#forget(record.host, program);
        }
      });
      await program.exitCode;
      this.#end(await complaint);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #forget(number: number, program: ObservedProgram): void {
    this.#traces.delete(number);
    if (this.#traces.size > 0) return;
    this.#leave();
    program.end();
  }

  /** What it said, if the kernel did not take it; else it was killed, and the traces end with it. */
  #end(complaint: string): void {
    if (complaint !== '')
      this.#fail(new LabError('NO_BPF', `Cannot trace with BPF: ${complaint.trim()}`));
    this.#leave();
    for (const trace of this.#traces.values()) trace.end();
  }

  #fail(error: Error): void {
    this.#leave();
    for (const trace of this.#traces.values()) trace.fail(error);
    this.#traces.clear();
  }

  /** The next host gets another one. */
  #leave(): void {
    BpfTracer.#running.delete(this);
  }
}

/** It stays beside no host, so that it is always begun. */
async function startProgram(): Promise<ObservedProgram> {
  return (await (await observer()).run({ traces: true })) as ObservedProgram;
}
