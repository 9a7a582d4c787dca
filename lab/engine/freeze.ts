import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from './docker.ts';

const TRIES = 20;
const PAUSE_MS = 100;

/**
 * Freezes the processes of a container. With control groups version 1 this fails while a process is being started in it, for
 * example by a health check, and the engine has no code for that: so it is retried for two seconds.
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
