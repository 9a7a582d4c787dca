import type { FaultEvent } from '../event.ts';
import { describeSettings } from './describe-settings.ts';
import type { FaultSettings } from './faults.ts';

/** What an event of a fault says of it, whether it begins or ends. */
export function aboutFault(
  fault: string,
  settings: FaultSettings,
): Pick<FaultEvent, 'fault' | 'from' | 'description'> {
  const { sender } = settings;
  return { fault, ...(sender && { from: sender }), description: describeSettings(settings) };
}
