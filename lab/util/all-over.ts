/**
 * Waits for all tasks, as `Promise.all` does, but also for the others when one fails: what they stand on may then be taken away.
 *
 * @throws the first error, in the order of the tasks.
 */
export async function allOver<T>(tasks: readonly Promise<T>[]): Promise<T[]> {
  const ends = await Promise.allSettled(tasks);
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}
