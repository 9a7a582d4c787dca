import { expect, test } from 'vitest';
import { sentenceOf } from '../../lab/explain/sentence.ts';
import { Timeline } from '../../lab/timeline/timeline.ts';
import { lossyStory } from '../testing/stories.ts';
import { FrozenSteps } from './frozen-steps.ts';

const words = (steps: ReturnType<FrozenSteps['now']>) => steps.map(sentenceOf);

test('while the page is paused its steps get their meaning, and no others come', () => {
  const { events } = lossyStory();
  const timeline = new Timeline();
  for (const event of events.slice(0, 10)) timeline.add(event);
  const frozen = new FrozenSteps(timeline.steps);
  const count = timeline.steps.length;
  expect(words(frozen.now(timeline.steps))).toContainEqual(expect.stringContaining('not known'));
  for (const event of events.slice(10)) timeline.add(event);
  timeline.end();
  const now = frozen.now(timeline.steps);
  expect(now).toHaveLength(count);
  expect(words(now)).not.toContainEqual(expect.stringContaining('not known'));
  expect(frozen.now(timeline.steps)).toBe(now);
});

test('what the timeline forgets meanwhile stays as it was', () => {
  const timeline = new Timeline();
  for (const event of lossyStory().events) timeline.add(event);
  const frozen = new FrozenSteps(timeline.steps);
  expect(frozen.now(timeline.steps.slice(5))).toEqual(timeline.steps);
});
