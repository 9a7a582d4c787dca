import type { EventEmitter } from 'node:events';
import type { Decision, HeldPacketStatus } from '../../model/wire-commands.ts';
import type { FaultStatus, WireStatus } from '../../model/wire-status.ts';

/** What the commands act on, a wire. */
export interface Commanded {
  readonly status: WireStatus;
  /** Emits the status of each fault that is over. */
  readonly ends: EventEmitter<{ healed: [FaultStatus] }>;
  add(settings: unknown, options: { isPrepared: boolean }): Promise<FaultStatus>;
  begin(ids: readonly string[], atNs: number): Promise<FaultStatus[]>;
  remove(ids?: readonly string[]): Promise<FaultStatus[]>;
  nextHeld(after: number, timeoutMs: number): Promise<HeldPacketStatus | undefined>;
  decide(id: number, decision: Decision): void;
}
