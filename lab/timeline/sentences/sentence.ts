import type { Draft } from '../draft.ts';

/** What happened and why, for somebody who learns it. */
export function sentenceOf(draft: Draft): string {
  switch (draft.kind) {
    case 'call':
      return draft.call.call;
    case 'packet':
      return draft.packet.tcp ? 'TCP' : 'packet';
    case 'log':
      return `${draft.host} logged this line.`;
    case 'fault':
      return `The fault ${draft.fault.fault} is ${draft.fault.change}: ${draft.fault.description}.`;
    case 'host':
      return `${draft.host} is ${draft.state.state}.`;
  }
}
