import type { DecisionMessage } from '../messages.ts';

interface Key {
  readonly key: string;
  readonly name: string;
  readonly decision: (number: number) => DecisionMessage;
}

/** How long "wait" is, as in the terminal. */
const DELAY_MS = 1000;

/** What can become of a held packet, with the keys of `./socketlab step`. */
export const KEYS: readonly Key[] = [
  { key: 'd', name: 'Deliver', decision: (number) => ({ number, action: 'deliver' }) },
  { key: 'x', name: 'Drop', decision: (number) => ({ number, action: 'drop' }) },
  { key: '2', name: 'Duplicate', decision: (number) => ({ number, action: 'duplicate' }) },
  {
    key: 'w',
    name: 'Delay 1 s',
    decision: (number) => ({ number, action: 'delay', delayMs: DELAY_MS }),
  },
];
