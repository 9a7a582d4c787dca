/**
 * What becomes of some work, or an error as soon as nobody wants it any more. The work itself goes on, and what becomes of it then is
 * nobody's concern: whoever began it takes away what it stands on.
 *
 * @throws the reason of the signal.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
