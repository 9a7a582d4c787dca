import { getRawPointer } from 'node:ffi';
import { closeSync } from 'node:fs';
import { MessageRoom } from './message-room.ts';
import { pcapHeader, pcapRecords } from './pcap.ts';
import { droppedPackets, openPacketSocket, receivePackets, refusePackets } from './system.ts';

/** How much of a packet is kept, in bytes: the longest with its link header. */
const SNAP_BYTES = 65_600;
/** How much memory of the kernel the packets of an interface may take that wait to be read: room for some 500 of the longest. */
const BUFFER_BYTES = 32 * 1024 * 1024;

/** One for all, as nothing else happens while packets are read. */
const room = new MessageRoom(64, SNAP_BYTES, getRawPointer);

/** Listens to an interface of the network namespace that this thread is in when it is made. */
export class Tap {
  readonly header = pcapHeader(SNAP_BYTES);
  readonly #fd: number;
  #isOver = false;

  /** @throws {Error} `ENODEV` if there is no such interface any more */
  constructor(interfaceIndex: number) {
    this.#fd = openPacketSocket(interfaceIndex, BUFFER_BYTES);
  }

  /**
   * The next packets, as pcap records; empty if none waits.
   *
   * @returns undefined if none will come any more: the interface was removed, or taken down
   */
  read(): Buffer | undefined {
    const count = this.#receive();
    if (count === 0 && this.#isOver) return undefined;
    return pcapRecords(room.take(count));
  }

  /** Takes no more packets; those so far can still be read. */
  stop(): void {
    refusePackets(this.#fd);
  }

  /** @returns how many packets came faster than they were read */
  close(): number {
    const missed = droppedPackets(this.#fd);
    closeSync(this.#fd);
    return missed;
  }

  /** The kernel tells the end of an interface first, and then what came before. */
  #receive(): number {
    try {
      return receivePackets(this.#fd, room);
    } catch {
      this.#isOver = true;
      return receivePackets(this.#fd, room);
    }
  }
}
