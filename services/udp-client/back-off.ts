/** The part of a silence that is left to chance, so that clients that lost a datagram together do not retry together. */
const JITTER = 0.25;

/**
 * How long to wait for the echo of a try, in milliseconds: twice as long each time, and up to a quarter longer by chance.
 *
 * @param tries how often the message has been sent, from 1
 */
export function silenceMs(tries: number, timeoutMs: number, random = Math.random): number {
  return timeoutMs * 2 ** (tries - 1) * (1 + JITTER * random());
}
