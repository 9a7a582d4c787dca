/**
 * What the two ends of a wire's control socket speak: one JSON object a line, each command answered by a reply with the same
 * number `n`; replies may overtake each other.
 *
 *     { "n": 1, "command": "add", "fault": { "kind": "loss", "percent": 10 } }
 *     { "n": 1, "ok": true, "fault": { "id": "loss-1", … }, "clockNs": 81234567000 }
 *
 * When a fault is over, for whatever reason, every connection receives `{ "healed": { "id": "loss-1", … } }`.
 */
import type { PacketIdentity } from './event.ts';
import type { FaultSettings } from './faults.ts';
import type { FaultStatus, WireStatus } from './wire-status.ts';

export type WireCommand =
  /** A prepared fault has no effect until `begin`. */
  | { readonly command: 'add'; readonly fault: FaultSettings; readonly isPrepared?: boolean }
  /** `atNs` on the kernel's monotonic clock; at once if that is past. */
  | { readonly command: 'begin'; readonly ids: readonly string[]; readonly atNs: number }
  /** The faults outlast the connection on which they were begun. */
  | { readonly command: 'keep'; readonly ids: readonly string[] }
  /** Heals faults, by default all of them. With the last fault the wire ends. */
  | { readonly command: 'remove'; readonly ids?: readonly string[] }
  | { readonly command: 'status' }
  /** Waits for a held packet with an id above `after`. */
  | { readonly command: 'next-held'; readonly after: number; readonly timeoutMs: number }
  | ({ readonly command: 'decide'; readonly id: number } & Decision);

export type CommandName = WireCommand['command'];

export type CommandOf<Name extends CommandName> = WireCommand & { readonly command: Name };

/** What is to become of a held packet. */
export type Decision =
  | { readonly action: 'deliver' | 'drop' | 'duplicate' }
  | { readonly action: 'delay'; readonly delayMs: number };

/** The reply to each command that was carried out. */
export interface Replies {
  /** `clockNs`: the kernel's monotonic clock. */
  readonly add: { readonly fault: FaultStatus; readonly clockNs: number };
  readonly begin: { readonly faults: readonly FaultStatus[] };
  readonly keep: object;
  /** `left`: how many faults there still are, with those that are about to begin. */
  readonly remove: { readonly removed: readonly FaultStatus[]; readonly left: number };
  readonly status: { readonly status: WireStatus };
  /** `null` if none came in time. */
  readonly 'next-held': { readonly held: HeldPacketStatus | null };
  readonly decide: object;
}

export type Done<Name extends CommandName> = { readonly ok: true } & Replies[Name];

export type WireReply<Name extends CommandName = CommandName> =
  | { [Each in Name]: Done<Each> }[Name]
  | { readonly ok: false; readonly error: WireError };

/** Why a command was not carried out; the message is for a person. */
export interface WireError {
  readonly code: WireErrorCode;
  readonly message: string;
}

export type WireErrorCode =
  /** An argument of the command has the wrong type. */
  | 'WRONG_TYPE'
  /** An argument is out of its range, or refers to something that does not exist. */
  | 'OUT_OF_RANGE'
  /** The wire has healed its last fault: a new fault needs a new wire. */
  | 'WIRE_ENDED'
  | 'FAILED';

/** A packet that waits for a decision. */
export interface HeldPacketStatus {
  /** Counts up; the `decide` command refers to it. */
  readonly id: number;
  /** The id of the fault that holds it. */
  readonly fault: string;
  /** Which packet it is. */
  readonly packet: PacketIdentity;
  /** The whole packet from its IP header on, in base64. */
  readonly bytes: string;
  /** How long it has waited, in milliseconds. */
  readonly heldForMs: number;
}

/** The message to every connection when a fault is over. */
export interface Healed {
  readonly healed: FaultStatus;
}
