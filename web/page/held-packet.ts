import { keyOfIdentity, keyOfPacket } from '../../lab/timeline/packets/packet-key.ts';
import type { Step } from '../../lab/timeline/step.ts';
import type { HeldList, HeldMessage } from '../messages.ts';

/** The held packet of a step; undefined if it does not wait for a decision, or is not among those that are listed. */
export function heldPacketOf(step: Step, held: HeldList | null): HeldMessage | undefined {
  if (step.kind !== 'packet' || step.fates.at(-1)?.fate !== 'held') return undefined;
  const key = keyOfPacket(step.packet);
  return held?.packets.find(({ identity }) => keyOfIdentity(identity) === key);
}
