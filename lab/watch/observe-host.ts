import { Capture } from '../capture/capture.ts';
import { allDone, failAfter } from '../engine/all-done.ts';
import type { Host } from '../hosts/host.ts';
import type { LogOptions } from '../hosts/host-log.ts';
import type { Roster } from '../hosts/roster.ts';
import type { CaptureEvent, LabEvent, LogEvent } from '../model/event.ts';
import type { LabError } from '../model/lab-error.ts';
import type { Trace } from '../trace/trace.ts';
import type { MergedStream } from '../util/merge.ts';
import type { StartFilter } from './start-filter.ts';

/** What a watch needs of a lab: also the traces under which its hosts were started. */
export interface WatchedLab extends Pick<Roster, 'name'> {
  trace(hosts: readonly Host[]): Promise<Trace>;
}

export interface ObserveOptions {
  readonly packets: boolean;
  /** Whether to observe its log, and its calls if `calls` is set. */
  readonly programs: boolean;
  readonly calls: boolean;
  /** Where the events go. */
  readonly into: MergedStream<LabEvent>;
  /** Log lines since then. Default: from now on. */
  readonly since?: Date;
  /** Leaves out what came before all instruments had started. */
  readonly startFilter: StartFilter;
  /** Ends also what is left of a log. */
  readonly signal: AbortSignal;
  /** Called when its calls cannot be traced; the rest is still observed. */
  readonly onTrouble: (error: LabError, host: string) => void;
}

/** All instruments that observe one run of a host. */
export interface HostObserver {
  /** The name under which its events are reported. */
  readonly host: string;
  /**
   * Resolves when all probes of the host are gone.
   *
   * @param options.hostHasEnded its log is read to its end, which may take longer than it ran. Default: it is left.
   */
  stop(options?: { readonly hostHasEnded: boolean }): Promise<void>;
  /** Resolves when it has stopped, and all its events are reported. */
  readonly reported: Promise<unknown>;
}

/** @throws {LabError} if its packets cannot be captured; then no probe of it is left. */
export async function observeHost(
  lab: WatchedLab,
  host: Host,
  options: ObserveOptions,
): Promise<HostObserver> {
  const { packets, programs, calls, into, since, startFilter, signal, onTrouble } = options;
  const report = (source: AsyncIterable<LabEvent>) => into.add(startFilter.of(source));
  const tracing = programs && calls ? lab.trace([host]) : undefined;
  const observing = packets ? observePackets(host, { into, report }) : undefined;
  const [observed, traced] = await Promise.allSettled([observing, tracing]);
  const trace = traced.status === 'fulfilled' ? traced.value : undefined;
  // A host that has stopped by now has no calls to trace.
  if (traced.status === 'rejected' && (await isUp(host))) onTrouble(traced.reason, host.name);
  if (observed.status === 'rejected') {
    return failAfter(observed.reason, async () => trace?.stop());
  }
  const ending = new AbortController();
  const from = since === undefined ? { fromNow: true } : { since };
  const over = AbortSignal.any([ending.signal, signal]);
  const log = logOf(host, { ...from, follow: true, signal: over });
  const reported = [...(trace ? [trace] : []), ...(programs ? [log] : [])].map(report);
  const instruments = [observed.value, trace].filter((one) => one !== undefined);
  return {
    host: host.name,
    async stop({ hostHasEnded } = { hostHasEnded: false }) {
      if (!hostHasEnded) ending.abort();
      await allDone(instruments.map((instrument) => instrument.stop()));
    },
    reported: Promise.all([observed.value?.reported, ...reported]),
  };
}

interface Reporting {
  readonly into: MergedStream<LabEvent>;
  readonly report: (source: AsyncIterable<LabEvent>) => Promise<unknown>;
}

/** Reports the packets of a host's network, and when their capture began and ended. */
async function observePackets(host: Host, { into, report }: Reporting) {
  const { name } = host;
  const capture = await Capture.start([host]);
  // Read at once: packets that waited to be read would come only when all instruments have started.
  const packets = report(capture);
  const reportCapture = (change: CaptureEvent['change'], atMs = Date.now()) =>
    into.push({ kind: 'capture', atNs: `${atMs}000000`, host: name, change });
  void reportCapture('began');
  let stoppedMs: number | undefined;
  return {
    async stop() {
      stoppedMs ??= Date.now();
      await capture.stop();
    },
    // After its last packet, which would otherwise look like one of a capture that continues.
    reported: packets.finally(() => reportCapture('ended', stoppedMs)),
  };
}

/** The log of a host until it stops; it may no longer exist when its log is requested. */
async function* logOf(host: Host, options: LogOptions): AsyncGenerator<LogEvent> {
  try {
    yield* host.logs(options);
  } catch (error) {
    if (await isUp(host)) throw error;
  }
}

async function isUp(host: Host): Promise<boolean> {
  return (await host.refresh().catch(() => undefined))?.isUp ?? false;
}
