import { LabError } from '../model/lab-error.ts';

/**
 * Waits for all deeds of a clean-up, as one that fails must not keep the others from being done.
 *
 * @throws {Error} what failed: if it was more than one, a `LabError` with all the messages.
 */
export async function allDone<T>(deeds: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(deeds);
  const failures = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (failures.length > 1) throw joined(failures);
  if (failures.length === 1) throw failures[0];
  return results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** The same for deeds of which each begins when the one before it is over, well or not. */
export async function inTurn(deeds: readonly (() => Promise<unknown>)[]): Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  const begun = deeds.map((deed) => {
    last = last.then(deed, deed);
    return last;
  });
  await allDone(begun);
}

/**
 * Cleans up after a failure.
 *
 * @throws {Error} the failure; where the clean-up failed too, a `LabError` with all the messages.
 */
export async function failAfter(failure: unknown, cleanUp: () => Promise<unknown>): Promise<never> {
  await allDone([Promise.reject(failure), cleanUp()]);
  throw failure;
}

function joined(failures: readonly unknown[]): LabError {
  const [first] = failures;
  const code = first instanceof LabError ? first.code : 'ENGINE_FAILED';
  const messages = failures.map((error) =>
    error instanceof Error ? error.message : String(error),
  );
  const cause = new AggregateError(failures);
  return new LabError(code, [...new Set(messages)].join('; '), { cause });
}
