import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Start } from '../../model/observer-protocol.ts';

/** The namespaces of a host, held open: they stay the same, also if its process ends. */
export interface Namespaces extends Disposable {
  /** File descriptors. */
  readonly net: number;
  readonly pid: number;
}

/**
 * Opens the namespaces of a host.
 *
 * @returns undefined if the host has ended: then its PID may be another process's by now.
 */
export function openNamespaces({ pid, container }: Start): Namespaces | undefined {
  const folder = `/proc/${pid}`;
  const opened: number[] = [];
  const close = () => {
    for (const descriptor of opened) closeSync(descriptor);
  };
  const open = (name: string) => {
    opened.push(openSync(`${folder}/ns/${name}`, 'r'));
    return opened.at(-1) as number;
  };
  try {
    const found = { net: open('net'), pid: open('pid'), [Symbol.dispose]: close };
    // Looked at after they were opened: of another process, this is another container.
    if (readFileSync(`${folder}/cgroup`, 'latin1').includes(container)) return found;
  } catch (error) {
    if (!isOver(error as NodeJS.ErrnoException)) throw error;
  }
  close();
  return undefined;
}

const isOver = ({ code }: NodeJS.ErrnoException) => code === 'ENOENT' || code === 'ESRCH';
