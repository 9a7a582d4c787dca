import { watch } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** An editor writes a file in several steps. */
const SETTLED_MS = 200;

export interface SaveOptions {
  readonly signal: AbortSignal;
  /** Real paths whose changes are no saves: what each run writes itself. */
  readonly except: ReadonlySet<string>;
}

/**
 * Does something now, and again whenever a file or something in a folder has changed, until it is told to stop.
 *
 * @param run is told the name of what has changed, from the second time on
 */
export async function againAtEachSave(
  path: string,
  { signal, except }: SaveOptions,
  run: (saved?: string) => Promise<void>,
): Promise<void> {
  let changed = Promise.withResolvers<string>();
  const isFolder = (await stat(path)).isDirectory();
  // An editor may put another file in the place of the old one, which a watch of the file itself would not see.
  const watched = await realpath(isFolder ? path : dirname(path));
  const watcher = watch(watched, { recursive: isFolder }, (_event, name) => {
    if (name === null || except.has(join(watched, name))) return;
    if (isFolder || name === basename(path)) changed.resolve(name);
  });
  watcher.on('error', (error) => changed.reject(error));
  const stopped = new Promise<undefined>((resolve) =>
    signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  let saved: string | undefined;
  try {
    while (!signal.aborted) {
      await run(saved);
      saved = await Promise.race([changed.promise, stopped]);
      await sleep(SETTLED_MS, undefined, { signal }).catch(() => undefined);
      changed = Promise.withResolvers();
    }
  } finally {
    watcher.close();
  }
}
