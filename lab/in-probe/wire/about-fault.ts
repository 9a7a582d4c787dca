import { describeSettings } from '../../model/describe-settings.ts';
import type { FaultEvent } from '../../model/event.ts';
import type { FaultSettings } from '../../model/faults.ts';

/** What an event of a fault says of it, whether it begins or ends. */
export function aboutFault(
  fault: string,
  settings: FaultSettings,
): Pick<FaultEvent, 'fault' | 'from' | 'description'> {
  const { sender } = settings;
  return { fault, ...(sender && { from: sender }), description: describeSettings(settings) };
}
