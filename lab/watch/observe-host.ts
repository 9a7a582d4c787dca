import { allDone, failAfter } from '../all-done.ts';
import type { LabError } from '../error.ts';
import type { CallEvent, CaptureEvent, LabEvent, LogEvent, PacketEvent } from '../event.ts';
import type { Host } from '../host.ts';
import type { LogOptions } from '../host-log.ts';
import type { Lab } from '../lab.ts';
import type { Confluence } from '../merge.ts';
import type { Beginning } from './beginning.ts';

export interface ObserveOptions {
  readonly calls: boolean;
  /** Where the events go. */
  readonly into: Confluence<LabEvent>;
  /** Log lines from then on. Default: from now on. */
  readonly since?: Date;
  /** Leaves out what came before all instruments. */
  readonly beginning: Beginning;
  /** Told when its calls cannot be seen; the rest is. */
  readonly onTrouble: (error: LabError, host: string) => void;
}

/** All instruments that look at one run of a host. */
export interface Observation {
  /** The name under which its events are told. */
  readonly host: string;
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
  { calls, into, since, beginning, onTrouble }: ObserveOptions,
): Promise<Observation> {
  const tell = (source: AsyncIterable<LabEvent>) => into.add(beginning.of(source));
  const tracing = calls ? lab.trace([host.name]) : undefined;
  // Read at once: what waited to be read would come when all have begun.
  const capturing = lab.capture([host.name]).then((capture) => ({ capture, told: tell(capture) }));
  const [captured, traced] = await Promise.allSettled([capturing, tracing]);
  const trace = traced.status === 'fulfilled' ? traced.value : undefined;
  // One that has ended by now has no calls to be seen.
  if (traced.status === 'rejected' && (await isUp(host))) onTrouble(traced.reason, host.name);
  if (captured.status === 'rejected') {
    return failAfter(captured.reason, async () => trace?.stop());
  }
  const tellCapture = (change: CaptureEvent['change'], atMs = Date.now()) =>
    into.push({ kind: 'capture', atNs: `${atMs}000000`, host: host.name, change });
  void tellCapture('began');
  let stoppedMs: number | undefined;
  const { capture } = captured.value;
  const instruments: Instrument[] = [capture, ...(trace ? [trace] : [])];
  const ending = new AbortController();
  const from = since === undefined ? { fromNow: true } : { since };
  const log = logOf(host, { ...from, follow: true, signal: ending.signal });
  const others = [...(trace ? [trace] : []), log].map(tell);
  // Behind its last packet, which would else look like one of a capture that goes on.
  const told = Promise.all([captured.value.told, ...others]).finally(() =>
    tellCapture('ended', stoppedMs),
  );
  return {
    host: host.name,
    async stop() {
      stoppedMs ??= Date.now();
      ending.abort();
      await allDone(instruments.map((instrument) => instrument.stop()));
    },
    told,
  };
}

/** The log of a host until it ends; it may be gone before its log is asked for. */
async function* logOf(host: Host, options: LogOptions): AsyncGenerator<LogEvent> {
  try {
    yield* host.logs(options);
  } catch (error) {
    if (await isUp(host)) throw error;
  }
}

async function isUp(host: Host): Promise<boolean> {
  return (await host.refresh().catch(() => undefined))?.hasNetwork ?? false;
}
