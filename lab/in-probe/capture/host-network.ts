import { closeSync, openSync } from 'node:fs';
import { receiveNow } from '../system.ts';
import { inNetwork, openLinkSocket, openSysfs } from './system.ts';
import { Tap } from './tap.ts';
import { type Interface, wiredInterfaces } from './wired-interfaces.ts';

const message = Buffer.alloc(4096);

/** The network namespace of a host, seen from another one. It is not entered but for a moment. */
export class HostNetwork implements Disposable {
  readonly #namespace: number;
  readonly #sysfs: number;
  readonly #changes: number;

  /** @param namespace its file descriptor, which may be closed afterwards */
  constructor(namespace: number) {
    this.#namespace = openSync(`/proc/self/fd/${namespace}`, 'r');
    [this.#sysfs, this.#changes] = inNetwork(namespace, () => [openSysfs(), openLinkSocket()]);
  }

  get interfaces(): Interface[] {
    return wiredInterfaces(`/proc/self/fd/${this.#sysfs}`);
  }

  /** Whether an interface has changed since the last question. */
  takeChanges(): boolean {
    let isChanged = false;
    while (receiveNow(this.#changes, message) > 0) isChanged = true;
    return isChanged;
  }

  /** @returns undefined if there is no such interface any more */
  listen({ index }: Interface): Tap | undefined {
    try {
      return inNetwork(this.#namespace, () => new Tap(index));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENODEV') return undefined;
      throw error;
    }
  }

  [Symbol.dispose](): void {
    for (const fd of [this.#namespace, this.#sysfs, this.#changes]) closeSync(fd);
  }
}
