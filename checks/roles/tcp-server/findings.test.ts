import { expect, test } from 'vitest';
import type { TcpVisited } from '../../peers/in-peer/tcp-clients.ts';
import { endFinding, greetingFinding } from './findings.ts';
import type { Fixture } from './fixture.ts';

const fixture = { greeting: Buffer.from('Hello!'), finMs: 10_000 } as Fixture;
const visited = (text: string, end: TcpVisited['end']): TcpVisited => ({
  received: Buffer.from(text).toString('base64'),
  bytes: text.length,
  end,
  endedMs: 7,
});
const codeOf = (text: string, end: TcpVisited['end']) =>
  greetingFinding(fixture, visited(text, end), 'connected')?.code;

test('the greeting is right however the connection ended', () => {
  for (const end of ['fin', 'reset', 'timeout'] as const)
    expect(codeOf('Hello!', end)).toBeUndefined();
});

test('a greeting that a reset has cut is told as that, and other bytes as what they are', () => {
  expect(codeOf('', 'reset')).toBe('reset');
  expect(codeOf('Hel', 'reset')).toBe('reset');
  expect(codeOf('HELLO!', 'reset')).toBe('other-bytes');
  expect(codeOf('Hello!\n', 'reset')).toBe('more-bytes');
  expect(codeOf('', 'refused')).toBe('refused');
});

test('what was waited for is told where time was up', () => {
  const waited = { for: 'the greeting', ms: 10_000, untilMs: 7 };
  expect(greetingFinding(fixture, visited('Hel', 'timeout'), 'connected')).toMatchObject({
    waited,
  });
  expect(greetingFinding(fixture, visited('Hel', 'fin'), 'connected')).not.toHaveProperty('waited');
});

test('only FIN ends a connection as it should', () => {
  const endCode = (end: TcpVisited['end']) =>
    endFinding(fixture, visited('Hello!', end), 'connected')?.code;
  expect(endCode('fin')).toBeUndefined();
  expect(endCode('reset')).toBe('reset');
  expect(endCode('timeout')).toBe('no-fin');
});
