import { expect, test } from 'vitest';
import { statementText } from './statement-text.ts';

test('a statement of the protocol is quoted as prose, in one line', () => {
  expect(statementText('T1')).toMatch(
    /^It MUST send the bytes of GREETING, all of them, unchanged/,
  );
  expect(statementText('T4')).toMatch(/^It MUST serve one client after the other[^\n]*\.$/);
  expect(statementText('T999')).toBeUndefined();
});
