import type { Random } from '../../../lab/util/random.ts';

const LOWEST = 10_000;
/** Below those that a kernel gives to sockets by itself: Linux from 32768 on (`ip_local_port_range`, ip(7)), others from 49152 on (RFC 6335). */
const HIGHEST = 29_999;

/**
 * A port at which nobody is: the grader's peers, who are alone on their host, have only ports that the kernel gives them, and no client
 * gets it as its own.
 */
export function unusedPort(random: Random): number {
  return LOWEST + Math.floor(random() * (HIGHEST - LOWEST + 1));
}
