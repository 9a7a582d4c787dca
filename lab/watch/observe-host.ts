import type { LabError } from '../error.ts';
import type { CallEvent, CaptureEvent, LabEvent, PacketEvent } from '../event.ts';
import type { Host } from '../host.ts';
import type { Lab } from '../lab.ts';
import type { Confluence } from '../merge.ts';

export interface ObserveOptions {
  readonly calls: boolean;
  /** Where the events go. */
  readonly into: Confluence<LabEvent>;
  /** Log lines from then on. Default: from now on. */
  readonly since?: Date;
  /** Told when its calls cannot be seen; the rest is. */
  readonly onTrouble: (error: LabError) => void;
}

/** All instruments that look at one run of a host. */
export interface Observation {
  /** Resolves when nothing is left beside the host. */
  stop(): Promise<void>;
  /** Resolves when it has stopped, and all that was seen has been told. */
  readonly told: Promise<unknown>;
}

type Instrument = AsyncIterable<PacketEvent | CallEvent> & { stop(): Promise<void> };

/** @throws {LabError} when its packets cannot be seen; then nothing stays beside it. */
export async function observeHost(
  lab: Lab,
  host: Host,
  { calls, into, since, onTrouble }: ObserveOptions,
): Promise<Observation> {
  const tracing = calls ? lab.trace([host.name]) : undefined;
  const [captured, traced] = await Promise.allSettled([lab.capture([host.name]), tracing]);
  const trace = traced.status === 'fulfilled' ? traced.value : undefined;
  if (traced.status === 'rejected') onTrouble(traced.reason);
  if (captured.status === 'rejected') {
    await trace?.stop();
    throw captured.reason;
  }
  const tell = (change: CaptureEvent['change']) =>
    into.push({ kind: 'capture', atNs: `${Date.now()}000000`, host: host.name, change });
  void tell('began');
  const instruments: Instrument[] = [captured.value, ...(trace ? [trace] : [])];
  const ending = new AbortController();
  const from = since === undefined ? { fromNow: true } : { since };
  const log = host.logs({ ...from, follow: true, signal: ending.signal });
  const told = Promise.all([...instruments, log].map((source) => into.add(source)));
  return {
    async stop() {
      void tell('ended');
      ending.abort();
      await Promise.all(instruments.map((instrument) => instrument.stop()));
    },
    told,
  };
}
