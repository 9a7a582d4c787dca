import type { FaultEvent } from './event.ts';
import type { FaultSettings } from './faults.ts';

/** What an event of a fault says of it, whether it begins or ends. */
export function aboutFault(
  fault: string,
  settings: FaultSettings,
): Pick<FaultEvent, 'fault' | 'from' | 'settings'> {
  const { sender } = settings;
  return { fault, settings, ...(sender && { from: sender }) };
}
