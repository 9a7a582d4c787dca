import {
  type CallStep,
  type Capture,
  type Host,
  type Lab,
  type LabEvent,
  Timeline,
  type Trace,
} from '../../lab/index.ts';

const CALLS_SHOWN = 8;
const LINES_SHOWN = 5;

export interface InstanceOptions {
  readonly name: string;
  readonly image: string;
  readonly entrypoint?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What a program has done and printed at last. */
export interface Traces {
  /** Oldest first. */
  readonly calls: readonly CallStep[];
  readonly output: readonly string[];
}

/** A program that is graded, as a host of a lab, with all that it does recorded from its first call on. */
export class Instance implements AsyncDisposable {
  readonly host: Host;
  readonly #instruments: readonly (Capture | Trace)[];
  readonly #events: LabEvent[] = [];
  readonly #recorded: Promise<unknown>;
  readonly #ending = new AbortController();

  private constructor(host: Host, instruments: readonly (Capture | Trace)[]) {
    this.host = host;
    this.#instruments = instruments;
    const log = host.logs({ follow: true, signal: this.#ending.signal });
    this.#recorded = Promise.all([...instruments, log].map((source) => this.#record(source)));
  }

  /** @throws {LabError} if it cannot be started or observed. */
  static async start(lab: Lab, { name, ...program }: InstanceOptions): Promise<Instance> {
    const host = await lab.startHost(name, { ...program, ready: 'running', traced: true });
    return new Instance(host, await Promise.all([lab.trace([name]), lab.capture([name])]));
  }

  /** Why it does not run, in words; nothing while it does. */
  async endWords(): Promise<string | undefined> {
    const { isUp, exitCode } = await this.host.refresh();
    return isUp ? undefined : `the program has ended, with exit code ${exitCode}`;
  }

  /** Ends the recording. */
  async traces(): Promise<Traces> {
    await this.#stop();
    const timeline = new Timeline({ latenessMs: 5000 });
    for (const event of this.#events) timeline.add(event);
    timeline.end();
    const calls = timeline.steps.filter((step) => step.kind === 'call');
    const lines = this.#events.flatMap((event) => (event.kind === 'log' ? event.line : []));
    return { calls: calls.slice(-CALLS_SHOWN), output: lines.slice(-LINES_SHOWN) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }

  async #stop(): Promise<void> {
    await Promise.all(this.#instruments.map((instrument) => instrument.stop()));
    this.#ending.abort();
    await this.#recorded;
  }

  async #record(source: AsyncIterable<LabEvent>): Promise<void> {
    for await (const event of source) this.#events.push(event);
  }
}
