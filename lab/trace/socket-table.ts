import type { Endpoint } from '../event.ts';
import { Recent } from '../timeline/recent.ts';

/** What is known of a socket. */
export interface KnownSocket {
  readonly protocol?: 'tcp' | 'udp';
  readonly local?: Endpoint;
  readonly remote?: Endpoint;
}

/** Sockets that are remembered: nobody tells when one that many processes have is closed for good. */
const SOCKETS_MAX = 8192;

/**
 * Every socket over TCP or UDP that has been heard of, by its inode: which, unlike its descriptor, is the same in each process
 * that has it. strace itself could name the endpoints (`-yy`), but it asks the kernel for all sockets of the host, also those in
 * TIME-WAIT, each time that it meets a new one: a server that has served some thousand clients is slowed to a crawl.
 */
export class SocketTable {
  readonly #sockets = new Recent<string, KnownSocket>(SOCKETS_MAX);

  get(inode: string): KnownSocket | undefined {
    return this.#sockets.get(inode);
  }

  /** Adds to what is known of a socket. */
  learn(inode: string, news: KnownSocket): KnownSocket {
    const known = { ...this.#sockets.peek(inode), ...news };
    this.replace(inode, known);
    return known;
  }

  replace(inode: string, known: KnownSocket): void {
    this.#sockets.set(inode, known);
  }
}
