import { LabError } from '../model/lab-error.ts';

/**
 * Waits for all tasks of a clean-up to settle: one that fails must not stop the others.
 *
 * @throws {Error} the failure; of several, a `LabError` with all their messages.
 */
export async function allDone<T>(tasks: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(tasks);
  const failures = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (failures.length > 1) throw joined(failures);
  if (failures.length === 1) throw failures[0];
  return results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** The same for tasks that run one after another, each once the one before it has settled. */
export async function inTurn(tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  const begun = tasks.map((task) => {
    last = last.then(task, task);
    return last;
  });
  await allDone(begun);
}

/**
 * Cleans up after a failure.
 *
 * @throws {Error} the failure; if the clean-up fails too, a `LabError` with both messages.
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
