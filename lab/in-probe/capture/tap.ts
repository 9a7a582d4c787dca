import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { endChild } from './end-child.ts';

/**
 * Bytes of a packet that are kept: the longest there is, with its link header. The kernel's buffer has a slot of this size for
 * each packet that waits for tcpdump (packet(7), PACKET_RX_RING), so that with tcpdump's default a few would fill it.
 */
const SNAPSHOT_BYTES = 65_600;
/** Of that buffer: 500 packets. */
const BUFFER_KIB = 32 * 1024;

/** tcpdump at one interface. */
export class Tap {
  /** Whether it listens: it writes the head of its file then. */
  readonly hasBegun: Promise<boolean>;
  readonly ended: Promise<unknown>;
  readonly output: Readable;
  readonly #child: ChildProcess;

  constructor(name: string) {
    // -Z: it stays root, as it has no capability to become somebody else.
    const child = spawn(
      'tcpdump',
      [
        '-i',
        name,
        '-n',
        '-U',
        '-Z',
        'root',
        '-w',
        '-',
        '--immediate-mode',
        '--time-stamp-precision=nano',
        '-s',
        `${SNAPSHOT_BYTES}`,
        '-B',
        `${BUFFER_KIB}`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#child = child;
    this.output = child.stdout;
    this.ended = once(child, 'close').catch((error: Error) => console.error(error.message));
    this.hasBegun = Promise.race([once(child.stdout, 'readable'), this.ended]).then(
      () => child.stdout.readableLength > 0,
    );
  }

  async stop(): Promise<void> {
    await endChild(this.#child);
    await this.ended;
  }
}
