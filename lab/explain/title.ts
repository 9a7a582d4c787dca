import type { Step } from '../timeline/step.ts';
import { callTitle } from './calls/call-title.ts';
import { packetTitle } from './packets/packet-title.ts';
import { shorten } from './packets/preview.ts';
import { TITLE_MAX } from './phrases.ts';

/** What a step is in a few words: `connect 172.18.0.2:50000`, `SYN-ACK`, `PSH-ACK 6 bytes "hello\n"`. */
export function titleOf(step: Step): string {
  return shorten(wholeTitle(step), TITLE_MAX);
}

function wholeTitle(step: Step): string {
  switch (step.kind) {
    case 'call':
      return callTitle(step);
    case 'packet':
      return packetTitle(step.packet);
    case 'log':
      return step.log.line;
    case 'fault':
      return `${step.fault.fault} ${step.fault.change}`;
    case 'host':
      return `${step.host} ${step.state.state}`;
  }
}
