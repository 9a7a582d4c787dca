import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** An editor writes a file in several steps. */
const SETTLED_MS = 200;

/** Does something now, and again whenever a file or something in a folder has changed, until it is told to stop. */
export async function againAtEachSave(
  path: string,
  signal: AbortSignal,
  run: () => Promise<void>,
): Promise<void> {
  let changed = Promise.withResolvers<void>();
  const isFolder = (await stat(path)).isDirectory();
  // An editor may put another file in the place of the old one, which a watch of the file itself would not see.
  const watched = isFolder ? path : dirname(path);
  const watcher = watch(watched, { recursive: isFolder }, (_event, name) => {
    if (isFolder || name === basename(path)) changed.resolve();
  });
  watcher.on('error', (error) => changed.reject(error));
  const stopped = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  try {
    while (!signal.aborted) {
      await run();
      await Promise.race([changed.promise, stopped]);
      await sleep(SETTLED_MS, undefined, { signal }).catch(() => undefined);
      changed = Promise.withResolvers();
    }
  } finally {
    watcher.close();
  }
}
