import { endObserver } from '../lab/index.ts';
import { INTERRUPTED, interruption } from './interruption.ts';
import { show } from './progress-line.ts';

/**
 * Does what starts hosts of its own, until it is interrupted: then the process ends, as soon as they are removed.
 *
 * @param interruptedCode the exit code of the process then
 */
export async function withOwnHosts(
  act: (signal: AbortSignal) => Promise<void>,
  interruptedCode: number = INTERRUPTED,
): Promise<void> {
  // An image that may not be had; what a crash leaves, `./socketlab sweep` removes.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
  const signal = interruption();
  try {
    await act(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    show('');
    // All is removed but the observer; what still waits for it need not be waited for.
    await endObserver();
    process.exit(interruptedCode);
  }
}
