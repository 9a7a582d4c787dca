import { InvalidArgumentError } from 'commander';
import type { HeldPacket } from '../lab/index.ts';
import { DELAY_MS } from '../lab/model/fault-ranges.ts';
import { durationWords, milliseconds } from './duration.ts';

/** What is to become of a held packet, and how to say so. */
export interface Decision {
  readonly said: string;
  carryOut(held: HeldPacket): Promise<void>;
}

const deliver: Decision = { said: 'delivered', carryOut: (held) => held.deliver() };
const drop: Decision = { said: 'dropped', carryOut: (held) => held.drop() };
const duplicate: Decision = { said: 'delivered twice', carryOut: (held) => held.duplicate() };
const delay = (ms: number): Decision => ({
  said: `delayed by ${ms} ms`,
  carryOut: (held) => held.delay(ms),
});

/** What each key of the keyboard decides. */
export const KEYS: Readonly<Record<string, Decision>> = {
  d: deliver,
  ' ': deliver,
  x: drop,
  '2': duplicate,
  w: delay(1000),
};

export const KEYS_HELP = '[d]eliver  [x] drop  [2] duplicate  [w]ait 1 s  [q]uit';

const WORDS: Readonly<Record<string, Decision>> = { deliver, drop, duplicate };

/** The decisions of `deliver,drop,duplicate,delay:500ms`. */
export function script(text: string): Decision[] {
  return text.split(',').map((word) => {
    const [, time] = /^delay:(.+)$/.exec(word) ?? [];
    const decision = time === undefined ? WORDS[word] : delayBy(milliseconds(time));
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
