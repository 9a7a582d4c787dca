import type { FaultKind } from '../../lab/model/faults.ts';

interface Kind {
  readonly words: string;
  /** The one setting that the page asks for; the rest has its defaults. */
  readonly amount?: { readonly name: string; readonly unit: string; readonly default: number };
}

const percent = (share: number) => ({ name: 'percent', unit: 'percent', default: share });

/** What can be done to a path. `hold` is not among them: that is stepping. */
export const kinds = {
  loss: { words: 'lose packets', amount: percent(30) },
  delay: { words: 'delay', amount: { name: 'delayMs', unit: 'milliseconds', default: 200 } },
  reorder: { words: 'reorder', amount: percent(20) },
  duplicate: { words: 'duplicate', amount: percent(20) },
  corrupt: { words: 'corrupt', amount: percent(10) },
  rate: { words: 'throttle', amount: { name: 'rateKbit', unit: 'kbit/s', default: 64 } },
  partition: { words: 'partition' },
} as const satisfies Record<Exclude<FaultKind, 'hold'>, Kind> as Readonly<
  Record<Exclude<FaultKind, 'hold'>, Kind>
>;

export type BreakKind = keyof typeof kinds;

export function isBreakKind(text: string): text is BreakKind {
  return Object.hasOwn(kinds, text);
}
