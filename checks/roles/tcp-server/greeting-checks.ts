/** Greetings that are not the usual one: each is that of a program of its own. */
import type { Check } from '../../check.ts';
import { LONGEST_GREETING } from '../longest-greeting.ts';
import {
  endFinding,
  endHints,
  greetingFinding,
  greetingHints,
  longGreetingHints,
} from './findings.ts';
import type { Fixture } from './fixture.ts';

/** Of a path to another continent. */
const DELAY_MS = 100;

/** @param what it is, as in "an empty GREETING" */
export function greetingCheck(id: string, what: string, GREETING: string): Check<Fixture> {
  return {
    id,
    statement: 'T1',
    layer: 'is-correct',
    title: `sends ${what}, byte for byte`,
    why: 'A greeting is bytes: none of them, many, or some that are not English.',
    env: { GREETING },
    hints: { ...greetingHints, ...endHints },
    run: async (fixture) => {
      const did = `started the program with ${what}, and connected`;
      const visited = await fixture.first();
      return greetingFinding(fixture, visited, did) ?? endFinding(fixture, visited, did);
    },
  };
}

const longText = `a GREETING of ${LONGEST_GREETING.toLocaleString('en')} bytes`;

/** Acknowledgements take a while: until one has come, the kernel takes no more than a part. */
export const longGreeting: Check<Fixture> = {
  ...greetingCheck(
    'long-greeting',
    longText,
    'Hello, client! '.repeat(LONGEST_GREETING / 10).slice(0, LONGEST_GREETING),
  ),
  hints: { ...longGreetingHints, ...endHints },
  run: async (fixture) => {
    await fixture.listening();
    await using _delayed = await fixture.delayPackets(DELAY_MS);
    const did = `started the program with ${longText}, and connected over a path on which each packet to it takes ${DELAY_MS} ms`;
    const visited = await fixture.first();
    return greetingFinding(fixture, visited, did) ?? endFinding(fixture, visited, did);
  },
};
