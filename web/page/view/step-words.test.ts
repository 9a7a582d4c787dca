import { expect, test } from 'vitest';
import { packetStep } from '../../../lab/diagram/testing/steps.ts';
import { columns } from '../layout/columns.ts';
import { packetWordsIn, stepName } from './step-words.ts';

test('the name of a step begins with its whole label, also where hosts share a column', () => {
  const step = packetStep(0, 'b > a', 'SYN');
  for (const others of [[], ['a'], ['b']]) {
    const shown = columns(
      ['a', 'b'].filter((name) => !others.includes(name)),
      { width: 400, gutter: 0 },
      new Set(others),
    );
    expect(stepName(step, shown).startsWith(`${packetWordsIn(step, shown)}. `)).toBe(true);
  }
});
