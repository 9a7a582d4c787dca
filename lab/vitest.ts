/**
 * Matchers for Vitest, and what a failed test prints: for each lab that it has, the state and the end of the log of each host, and
 * the diagram of what was recorded. To add them: `import 'socketlab/vitest'` in a test file; where test files share modules (`isolate:
 * false`), `setupFiles: ['socketlab/vitest']` in the configuration of Vitest, as a module that is imported again does nothing.
 *
 * @example
 * await expect(client).toReach(server, { port: 7000 });
 * await expect(capture).toHaveHandshake({ from: client, to: server });
 * await expect(capture).toHaveRetransmission({ from: client, to: server });
 * await expect(() => client.exec(['upload'])).toSurviveLoss({ from: client, to: server, percent: 20 });
 *
 * @module socketlab/vitest
 */
import './require-node.ts';

import { beforeEach, expect } from 'vitest';
import type { Host } from './hosts/host.ts';
import { beginTest, tellLabs } from './matchers/failed-labs.ts';
import { type HandshakeOptions, toHaveHandshake } from './matchers/to-have-handshake.ts';
import {
  type RetransmissionOptions,
  toHaveRetransmission,
} from './matchers/to-have-retransmission.ts';
import { type ReachOptions, toReach } from './matchers/to-reach.ts';
import { type LossOptions, toSurviveLoss } from './matchers/to-survive-loss.ts';

export type { HandshakeOptions, LossOptions, ReachOptions, RetransmissionOptions };

declare module 'vitest' {
  // Declarations are merged only if they have the same type parameters.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * A `Host` can open a TCP connection to another: it is opened from the host's own network, and closed at once. The
     * kernel does the handshake, so that a paused server is still reached.
     */
    toReach(to: Host, options: ReachOptions): Promise<void>;

    /**
     * A `Capture`, or a list of its `PacketEvent`s, has a complete TCP handshake: SYN, SYN-ACK, ACK, as the receiver saw it
     * if the receiver was captured. Packets of a live capture are waited for. Matchers remember what they have read for the
     * next matcher: read a capture either with matchers or yourself.
     */
    toHaveHandshake(options: HandshakeOptions): Promise<void>;

    /**
     * A `Capture`, or a list of its `PacketEvent`s, has a TCP segment from one host to another that repeats an earlier one, as the
     * sender saw it if the sender was captured: a SYN, data or a FIN that was lost, or whose acknowledgment was.
     */
    toHaveRetransmission(options: RetransmissionOptions): Promise<void>;

    /**
     * A function succeeds while packets between two hosts are lost: it does not throw, nor return an `Execution` with a
     * non-zero exit code. The matcher throws if no packet was lost, as that would prove nothing.
     */
    toSurviveLoss(options: LossOptions): Promise<void>;
  }
}

beforeEach(({ onTestFailed, task }) => {
  beginTest();
  onTestFailed(() => tellLabs(task.name));
});

expect.extend({ toReach, toHaveHandshake, toHaveRetransmission, toSurviveLoss });
