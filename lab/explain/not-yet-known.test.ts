import { expect, test } from 'vitest';
import { at, call, passes } from '../timeline/testing/by-hand.ts';
import { back, handshake } from '../timeline/testing/connection.ts';
import { scenarios } from '../timeline/testing/programs.ts';
import { callsOf, recorded, timelineOf } from '../timeline/testing/recorded.ts';
import { Timeline } from '../timeline/timeline.ts';
import { sentenceOf } from './testing/words-of.ts';

const NOT_YET = /^What it means is not known yet: what happened before it may still be reported\.$/;

test('a segment is not explained before all that came before it is known', () => {
  const timeline = new Timeline({ latenessMs: 200 });
  const data = back(300, { flags: 'PA', seq: 501, ack: 101, id: 9, data: 'hello' });
  for (const event of [...handshake(0, 100), ...passes(data)]) timeline.add(event);
  const sentence = () => sentenceOf(timeline.steps.at(-1));
  expect(sentence()).toMatch(NOT_YET);
  timeline.advance(at(600));
  expect(sentence()).toMatch(/^Bytes 1 to 5 of what h2 sends/);
});

test('a call that has returned is not explained before its packets are known', () => {
  const timeline = new Timeline({ latenessMs: 200 });
  const socket = { fd: 3, protocol: 'tcp' } as const;
  timeline.add(call('h1', 0, { call: 'close', stage: 'returned', socket, tookNs: 1000 }));
  expect(sentenceOf(callsOf(timeline.steps, 'close')[0])).toMatch(NOT_YET);
  timeline.advance(at(600));
  expect(sentenceOf(callsOf(timeline.steps, 'close')[0])).not.toMatch(NOT_YET);
});

test.each(scenarios)('nothing is left unknown at the end of the recording %s', async (scenario) => {
  const { steps } = timelineOf(await recorded(scenario));
  expect(steps.filter((step) => NOT_YET.test(sentenceOf(step) ?? ''))).toEqual([]);
});
