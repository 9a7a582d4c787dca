import { InvalidArgumentError } from 'commander';
import type { Decision } from '../../lab/index.ts';
import { DELAY_MS } from '../../lab/model/fault-ranges.ts';
import { durationWords, milliseconds } from '../duration.ts';

const deliver: Decision = { action: 'deliver' };
const drop: Decision = { action: 'drop' };
const duplicate: Decision = { action: 'duplicate' };
const delay = (delayMs: number): Decision => ({ action: 'delay', delayMs });

/** What each key of the keyboard decides. */
export const KEYS: ReadonlyMap<string, Decision> = new Map([
  ['d', deliver],
  [' ', deliver],
  ['x', drop],
  ['2', duplicate],
  ['w', delay(1000)],
]);

/** Delivers a packet, and whatever follows of its conversation. */
export const REST_KEY = 'r';

export const KEYS_HELP =
  '[d]eliver  [x] drop  [2] duplicate  [w]ait 1 s  [r]est as it comes  [q]uit';

const WORDS: ReadonlyMap<string, Decision> = new Map(Object.entries({ deliver, drop, duplicate }));

/** The decisions of `deliver,drop,duplicate,delay:500ms`. */
export function script(text: string): Decision[] {
  return text.split(',').map((word) => {
    const [, time] = /^delay:(.+)$/.exec(word) ?? [];
    const decision = time === undefined ? WORDS.get(word) : delayBy(milliseconds(time));
    if (decision !== undefined) return decision;
    const longest = durationWords(DELAY_MS.max);
    throw new InvalidArgumentError(
      `"${word}" must be deliver, drop, duplicate or delay:TIME, as in delay:500ms, up to ${longest}.`,
    );
  });
}

function delayBy(ms: number): Decision | undefined {
  return ms > 0 && ms <= DELAY_MS.max ? delay(ms) : undefined;
}
