import { expect, test } from 'vitest';
import { exitWords } from './exit-words.ts';

test('of a program that a signal has ended, the signal is named', () => {
  expect(exitWords(141)).toBe('exit code 141, which is SIGPIPE');
  expect(exitWords(139)).toBe('exit code 139, which is SIGSEGV');
});

test('of a script that could not run a command, that is said', () => {
  expect(exitWords(127)).toBe(
    'exit code 127, which usually means that a shell did not find a command',
  );
  expect(exitWords(126)).toContain('a shell could not execute a command');
});

test('other exit codes are what they are', () => {
  expect(exitWords(0)).toBe('exit code 0');
  expect(exitWords(128)).toBe('exit code 128');
});
