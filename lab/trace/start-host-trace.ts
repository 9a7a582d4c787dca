import type { Host } from '../hosts/host.ts';
import { LabError } from '../model/lab-error.ts';
import { runInProbe } from '../probes/probe.ts';
import type { ProbeOptions } from '../probes/probe-options.ts';
import { BpfTracer } from './bpf/bpf-tracer.ts';
import type { HostTrace } from './host-trace.ts';
import { StraceTrace } from './strace-trace.ts';
import { chooseTracer, chosenTracer } from './tracer.ts';

/**
 * Traces a host, with the tracer that was chosen. Resolves when all its programs are traced. Where the kernel does not take BPF
 * programs, one line on standard error says so, and strace is used from then on.
 *
 * @param isolates see `ProbeOptions`
 * @throws {LabError} if it is not running, or cannot be traced.
 */
export async function startHostTrace(
  host: Host,
  isolates?: ProbeOptions['isolates'],
): Promise<HostTrace> {
  const tracer = chosenTracer();
  if (tracer === 'strace') return StraceTrace.start(host, isolates);
  try {
    return await traceByBpf(host, isolates);
  } catch (error) {
    const isRefused = error instanceof LabError && error.code === 'NO_BPF';
    if (!isRefused || tracer === 'bpf') throw error;
    if (chosenTracer() !== 'strace')
      console.error(`socketlab: tracing with strace: ${error.message}`);
    chooseTracer('strace');
    return StraceTrace.start(host, isolates);
  }
}

async function traceByBpf(host: Host, isolates: ProbeOptions['isolates']): Promise<HostTrace> {
  await host.requireNetwork('trace');
  host.requireOwnProcesses('trace');
  // Before its program may go on.
  if (isolates)
    await runInProbe(host, { verb: 'isolate', command: ['true'], capabilities: [], isolates });
  return BpfTracer.trace(host);
}
