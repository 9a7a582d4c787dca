/** The messages of the server to the page. Types only, which both sides import, and which do not exist at run time. */
import type { Decision, Packet, PacketIdentity } from '../lab/index.ts';

/** How many events there were in the last second, and how many of them the page gets. */
export interface Rate {
  readonly seen: number;
  readonly shown: number;
}

/** By it a page knows how far it is behind. Times are of the server's clock, which only goes forward. */
export interface Timing {
  readonly sentAtMs: number;
  /** How long ago the newest event came that the page has been sent, while there are newer ones; else 0. */
  readonly behindMs: number;
}

/** The name of each message, and what it carries. */
export interface Messages {
  /** The first message of each connection. */
  hello: {
    /** It is a lab that runs; else it is a recording. */
    readonly canAct: boolean;
    /** What starts the page's server again, as it is typed; undefined where nobody typed it. */
    readonly command?: string | undefined;
  };
  /** `events` are `LabEvent`s. */
  events: { readonly rate: Rate; readonly timing: Timing; readonly events: readonly unknown[] };
  /** The number of events that are no longer kept, and so not sent; `standing` are the `LabEvent`s among them that still hold. */
  gap: { readonly missed: number; readonly standing: readonly unknown[] };
  /** The packets that wait for a decision; null while no path is held. */
  held: HeldList | null;
  /** There will be no more events; `trouble` says why, if that is not as it should be. */
  end: { readonly trouble?: string };
  heartbeat: { readonly rate: Rate; readonly timing: Timing };
}

export interface HeldList {
  readonly from: string;
  readonly to: string;
  /** How many wait. */
  readonly waiting: number;
  /** Those that have waited longest. */
  readonly packets: readonly HeldMessage[];
}

/** A packet that waits on the wire. */
export interface HeldMessage {
  /** What a decision refers to. */
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly identity: PacketIdentity;
  readonly packet: Packet;
  /** In one line, as the terminal shows it. */
  readonly words: string;
}

/** What is to become of a held packet. */
export type DecisionMessage = { readonly number: number } & Decision;
