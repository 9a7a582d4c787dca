import { constants } from 'node:os';

/** With which exit code a container says that a signal has ended its program: the signal's number is added. */
const BY_SIGNAL = 128;

/** `exit code 1`, or `exit code 141, which is SIGPIPE`. */
export function exitWords(exitCode: number | undefined): string {
  const words = `exit code ${exitCode}`;
  const number = (exitCode ?? 0) - BY_SIGNAL;
  const signal = Object.entries(constants.signals).find(([, value]) => value === number);
  return signal ? `${words}, which is ${signal[0]}` : words;
}
