import { constants } from 'node:os';

/** With which exit code a container says that a signal has ended its program: the signal's number is added. */
const BY_SIGNAL = 128;

/** What a shell ends with whose last command it could not run (POSIX.1-2024, XCU 2.8.2). */
const OF_SHELL: Readonly<Record<number, string>> = {
  126: 'a shell could not execute a command',
  127: 'a shell did not find a command',
};

/** `exit code 1`, or `exit code 141, which is SIGPIPE`. */
export function exitWords(exitCode: number | undefined): string {
  const words = `exit code ${exitCode}`;
  const ofShell = OF_SHELL[exitCode ?? 0];
  if (ofShell) return `${words}, which usually means that ${ofShell}`;
  const number = (exitCode ?? 0) - BY_SIGNAL;
  const signal = Object.entries(constants.signals).find(([, value]) => value === number);
  return signal ? `${words}, which is ${signal[0]}` : words;
}
