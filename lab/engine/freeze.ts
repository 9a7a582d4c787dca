import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from './docker.ts';

const TRIES = 20;
const PAUSE_MS = 100;

/**
 * Freezes the processes of a container. With control groups of version 1 that fails while a process is just being started in it,
 * as by a health check: so it is tried again for two seconds.
 */
export async function freeze(container: Container): Promise<void> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      await container.pause();
      return;
    } catch (error) {
      if (left === 0 || !(error as Error).message.includes('unable to freeze')) throw error;
    }
    await sleep(PAUSE_MS);
  }
}
