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

/** How many sockets are remembered; beyond that, the one that was used least recently is forgotten. */
const OPEN_MAX = 8192;
const CLOSED_MAX = 1024;

/**
 * Every known TCP and UDP socket, by its inode, which, unlike its descriptor, is the same in each process that has it open. strace
 * itself could print the endpoints (`-yy`), but it reads all sockets of the host, including those in TIME-WAIT, each time that it
 * meets a new one: a server that has served some thousand clients would be slowed to a crawl.
 */
export class SocketTable {
  readonly #open = new LruMap<string, KnownSocket>(OPEN_MAX);
  /** Sockets that one process has closed; another may still have them open. */
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

  /** Adds what was learned of a socket. */
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
