import type { Endpoint } from '../../model/event.ts';
import { LruMap } from '../../util/lru-map.ts';

/** What is known of a socket. */
export interface KnownSocket {
  readonly protocol?: 'tcp' | 'udp';
  readonly local?: Endpoint;
  readonly remote?: Endpoint;
  /** UDP_SEGMENT, in bytes. */
  readonly segmentBytes?: number;
}

/** Sockets that are remembered; beyond that, the one that nothing was heard of for longest is forgotten. */
const OPEN_MAX = 8192;
const CLOSED_MAX = 1024;

/**
 * Every socket over TCP or UDP that has been heard of, by its inode: which, unlike its descriptor, is the same in each process
 * that has it. strace itself could name the endpoints (`-yy`), but it asks the kernel for all sockets of the host, also those in
 * TIME-WAIT, each time that it meets a new one: a server that has served some thousand clients is slowed to a crawl.
 */
export class SocketTable {
  readonly #open = new LruMap<string, KnownSocket>(OPEN_MAX);
  /** One process has closed them; another that has them, too, may go on. */
  readonly #closed = new LruMap<string, KnownSocket>(CLOSED_MAX);

  /** Of a socket that is used. */
  get(inode: string): KnownSocket | undefined {
    const known = this.#open.get(inode) ?? this.#closed.peek(inode);
    if (known && this.#closed.delete(inode)) this.#open.set(inode, known);
    return known;
  }

  /** As `get`, where it is not used now. */
  peek(inode: string): KnownSocket | undefined {
    return this.#open.peek(inode) ?? this.#closed.peek(inode);
  }

  /** Adds to what is known of a socket. */
  learn(inode: string, news: KnownSocket): KnownSocket {
    const known = { ...this.peek(inode), ...news };
    this.replace(inode, known);
    return known;
  }

  replace(inode: string, known: KnownSocket): void {
    this.#closed.delete(inode);
    this.#open.set(inode, known);
  }

  /** A process has closed it: those that are open must not be forgotten for its sake. */
  close(inode: string): void {
    const known = this.#open.peek(inode);
    if (known === undefined) return;
    this.#open.delete(inode);
    this.#closed.set(inode, known);
  }
}
