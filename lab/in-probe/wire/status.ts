import type { HeldPacketStatus } from '../../model/wire-commands.ts';
import type { FaultStatus } from '../../model/wire-status.ts';
import { NS_PER_MS } from './impairment.ts';
import type { Wait } from './in-flight.ts';
import { identityOf } from './packet.ts';
import type { WireFault } from './wire-fault.ts';

export function faultStatus(fault: WireFault, nowNs: number): FaultStatus {
  const { id, seed, settings, startedAtNs, waiting, tally } = fault;
  const forMs = (nowNs - fault.startedNs) / NS_PER_MS;
  const { counters, achieved } = tally;
  return { id, seed, settings, startedAtNs, forMs, waiting, counters, achieved };
}

export function heldPacketStatus(
  { number, fault, transit }: Wait,
  nowNs: number,
): HeldPacketStatus {
  const { packet, atNs } = transit;
  return {
    id: number,
    fault: fault.id,
    packet: identityOf(packet),
    bytes: packet.bytes.toString('base64'),
    heldForMs: Math.max(0, nowNs - atNs) / NS_PER_MS,
  };
}
