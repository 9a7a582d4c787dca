import { expect, test } from 'vitest';
import { execFailure } from './gate.ts';

test('a command that could not be run is told by the gate', () => {
  expect(execFailure('/.socketlab/gate.sh: 36: exec: ./server: not found\n')).toBe(
    './server: not found',
  );
});

test('a command that a script could not run is a matter of the script', () => {
  const lines = ['waiting', 'sh: 1: ncat: not found', 'main.sh: line 2: ncat: command not found'];
  expect(execFailure(lines.join('\n'))).toBeUndefined();
});
