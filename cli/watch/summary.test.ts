import { expect, test } from 'vitest';
import { packetStep } from '../../lab/diagram/testing/steps.ts';
import { Summary } from './summary.ts';

const packetOf = (conversation: number) => packetStep(0, 'a > b', 'ACK', { conversation });

test('a conversation that goes on beside many others is counted once', () => {
  const summary = new Summary();
  const [one, others] = [packetOf(0), 15_000];
  for (let number = 1; number <= others; number += 1) {
    summary.steps([{ ...one, conversation: number }]);
    if (number % 1000 === 0) summary.steps([one]);
  }
  expect(summary.words).toMatch(/^15001 conversations, 15015 packets/);
});
