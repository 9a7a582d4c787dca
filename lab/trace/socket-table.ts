import type { Endpoint } from '../event.ts';

/** What is known of a socket. */
export interface KnownSocket {
  readonly protocol?: 'tcp' | 'udp';
  readonly local?: Endpoint;
  readonly remote?: Endpoint;
}

/** Sockets that are remembered; of more than that, the ones that nothing was heard of for longest are forgotten. */
const SOCKETS_MAX = 8192;

/**
 * Every socket over TCP or UDP that has been heard of, by its inode: which, unlike its descriptor, is the same in each process
 * that has it. strace itself could name the endpoints (`-yy`), but it asks the kernel for all sockets of the host, also those in
 * TIME-WAIT, each time that it meets a new one: a server that has served some thousand clients is slowed to a crawl.
 */
export class SocketTable {
  readonly #sockets = new Map<string, KnownSocket>();

  get(inode: string): KnownSocket | undefined {
    const known = this.#sockets.get(inode);
    if (known) this.replace(inode, known);
    return known;
  }

  /** Adds to what is known of a socket. */
  learn(inode: string, news: KnownSocket): KnownSocket {
    const known = { ...this.#sockets.get(inode), ...news };
    this.replace(inode, known);
    return known;
  }

  replace(inode: string, known: KnownSocket): void {
    // To the end: a map keeps the order in which its keys came.
    this.#sockets.delete(inode);
    this.#sockets.set(inode, known);
    if (this.#sockets.size <= SOCKETS_MAX) return;
    const [oldest = ''] = this.#sockets.keys();
    this.#sockets.delete(oldest);
  }
}
