/** What tests of traces share: calls as they are reported, and how they are told in short. */
import { inject } from 'vitest';
import { argumentsText } from '../../lab/explain/calls/call-arguments.ts';
import type { CallEvent, Host, Role, Trace } from '../../lab/index.ts';
import { endpointText } from '../../lab/model/endpoint-text.ts';
import { imageOf } from './images.ts';
import { signalBeside } from './programs-beside.ts';

export function image(role: Role | 'python'): string {
  return imageOf(inject('runId'), role);
}

/** What a trace reports, as it arrives. */
export function watch(trace: Trace): CallEvent[] {
  const events: CallEvent[] = [];
  void (async () => {
    for await (const event of trace) events.push(event);
  })();
  return events;
}

/** As in `accept() = 4`; with `…` while it waits. */
export function inShort(events: readonly CallEvent[]): string[] {
  // On a busy machine any call may be seen waiting: for a processor.
  const told = events.filter(({ call, stage }) => stage !== 'waiting' || call === 'accept');
  return told.map((event) => {
    const { call, stage, result, error } = event;
    const outcome = { waiting: ' …', present: ', already', returned: ` = ${result ?? error}` };
    return `${call}(${givenTo(event)})${outcome[stage]}`;
  });
}

/** The arguments, with the address that the call names. */
function givenTo(event: CallEvent): string {
  const { call, peer } = event;
  if (peer === undefined || !/^(bind|connect|send)/.test(call)) return argumentsText(event);
  const address = endpointText(peer);
  return call.startsWith('send') ? `${argumentsText(event)} to ${address}` : address;
}

export const killTrace = (host: Host) =>
  signalBeside(host, /^node .*trace\/main\.ts|trace\/bpf\/loader/, 'SIGKILL');
