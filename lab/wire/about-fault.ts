import type { FaultEvent } from '../event.ts';
import type { FaultSettings } from './faults.ts';
import { settingWords } from './setting-words.ts';

/** What an event of a fault says of it, whether it begins or ends. */
export function aboutFault(
  fault: string,
  settings: FaultSettings,
): Pick<FaultEvent, 'fault' | 'from' | 'description'> {
  const { sender } = settings;
  return { fault, ...(sender && { from: sender }), description: settingWords(settings) };
}
