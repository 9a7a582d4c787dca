/**
 * Matchers for Vitest: `import 'socketlab/vitest'` in a test file, or in a set-up file of Vitest, is all that they need.
 *
 * @example
 * await expect(client).toReach(server, { port: 7000 });
 * await expect(capture).toHaveHandshake({ from: client, to: server });
 * await expect(() => client.exec(['upload'])).toSurviveLoss({ from: client, to: server, percent: 20 });
 */
import { expect } from 'vitest';
import type { Host } from './hosts/host.ts';
import { type HandshakeOptions, toHaveHandshake } from './matchers/to-have-handshake.ts';
import { type ReachOptions, toReach } from './matchers/to-reach.ts';
import { type LossOptions, toSurviveLoss } from './matchers/to-survive-loss.ts';

export type { HandshakeOptions, LossOptions, ReachOptions };

declare module 'vitest' {
  // Declarations are merged only when they have the same type parameters.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * A `Host` can open a TCP connection to another: tried for real, from the host's own network, and closed at once.
     * The handshake is the kernel's, so a server that is paused is still reached.
     */
    toReach(to: Host, options: ReachOptions): Promise<void>;

    /**
     * A `Capture`, or the `PacketEvent`s of one, has a whole TCP handshake: SYN, SYN-ACK, ACK. It is the receiver's view
     * that counts, where the receiver was captured. A live capture is waited for; what matchers read of it they remember
     * for the next matcher, so read it yourself or with matchers, not both.
     */
    toHaveHandshake(options: HandshakeOptions): Promise<void>;

    /**
     * A function still does what it does while packets between two hosts are lost: it does not throw, nor return an
     * `Execution` with another exit code than 0. It throws when no packet at all was lost, as that proves nothing.
     */
    toSurviveLoss(options: LossOptions): Promise<void>;
  }
}

expect.extend({ toReach, toHaveHandshake, toSurviveLoss });
