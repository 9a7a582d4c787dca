/**
 * All that happens in a lab while a program is graded, from the first packet and the first call of each host on.
 *
 *     lab.watch ── states, log lines, faults, fates ──┐
 *     capture(host) ── packets ───────────────────────┼──▶ LatestEvents of each host and kind ──▶ events
 *     trace(host) ── calls ───────────────────────────┘
 */
import type { Host, Lab, LabEvent, Trace, Watch } from '../../lab/index.ts';
import { LatestEvents } from './latest-events.ts';

/** For the events of one kind at one host, in characters. */
const LENGTH_MAX = 16 * 2 ** 20;

/** A capture or a trace. */
interface Instrument extends AsyncIterable<LabEvent> {
  stop(): Promise<void>;
}

export class Recording implements AsyncDisposable {
  readonly #lab: Lab;
  readonly #watch: Watch;
  /** By host. */
  readonly #instruments = new Map<string, Instrument[]>();
  /** By host and kind. */
  readonly #kept = new Map<string, LatestEvents>();
  readonly #reading: Promise<void>[] = [];

  private constructor(lab: Lab, watch: Watch) {
    this.#lab = lab;
    this.#watch = watch;
    this.#read(watch);
  }

  /** @throws {LabError} if the lab cannot be watched. */
  static async start(lab: Lab): Promise<Recording> {
    // Hosts come all at once here: each brings its own capture and trace, so that none waits for those of another.
    return new Recording(lab, await lab.watch({ packets: false, calls: false }));
  }

  /** Resolves when the host's packets are captured. @throws {LabError} if they cannot be. */
  async capture(host: Host): Promise<void> {
    const capture = await this.#lab.capture([host.name]);
    this.#add(host.name, capture);
    this.#keep({ kind: 'capture', atNs: nowNs(), host: host.name, change: 'began' });
  }

  /** Resolves when the host's calls are traced: with the trace, and a promise that all of its events are kept. @throws {LabError} if they cannot be. */
  async trace(host: Host): Promise<{ readonly trace: Trace; readonly kept: Promise<void> }> {
    const trace = await this.#lab.trace([host]);
    return { trace, kept: this.#add(host.name, trace) };
  }

  /** Ends what a host has been observed with. */
  async leave(host: Host): Promise<void> {
    const instruments = this.#instruments.get(host.name) ?? [];
    this.#instruments.delete(host.name);
    await Promise.allSettled(instruments.map((instrument) => instrument.stop()));
    this.#keep({ kind: 'capture', atNs: nowNs(), host: host.name, change: 'ended' });
  }

  /** The events of one kind at a host so far; the latest of them, where there are very many. */
  of<Kind extends LabEvent['kind']>(kind: Kind, host: Host): Extract<LabEvent, { kind: Kind }>[] {
    const events = this.#kept.get(keyOf({ kind, host: host.name })) ?? [];
    return [...events] as Extract<LabEvent, { kind: Kind }>[];
  }

  /** Ends it. @returns all events, in the order of their times */
  async end(): Promise<readonly LabEvent[]> {
    const instruments = [...this.#instruments.values()].flat();
    this.#instruments.clear();
    await Promise.allSettled([this.#watch, ...instruments].map((instrument) => instrument.stop()));
    await Promise.all(this.#reading);
    const all = [...this.#kept.values()].flatMap((events) => [...events]);
    return all.sort((a, b) => Number(BigInt(a.atNs) - BigInt(b.atNs)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }

  #add(host: string, instrument: Instrument): Promise<void> {
    this.#instruments.set(host, [...(this.#instruments.get(host) ?? []), instrument]);
    return this.#read(instrument);
  }

  #read(source: AsyncIterable<LabEvent>): Promise<void> {
    const read = async () => {
      for await (const event of source) this.#keep(event);
    };
    // What cannot be observed any more is missing in the recording, and changes no verdict.
    const isRead = read().catch(() => undefined);
    this.#reading.push(isRead);
    return isRead;
  }

  #keep(event: LabEvent): void {
    const key = keyOf(event);
    const events = this.#kept.get(key) ?? new LatestEvents(LENGTH_MAX);
    this.#kept.set(key, events);
    events.push(event);
  }
}

const keyOf = ({ kind, host }: Pick<LabEvent, 'kind' | 'host'>) => `${kind} ${host}`;

const nowNs = () => `${Date.now()}000000`;
