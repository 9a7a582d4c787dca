import { keyOfIdentity, keyOfPacket } from '../../lab/timeline/packets/packet-key.ts';
import type { Step } from '../../lab/timeline/step.ts';
import type { HeldList, HeldMessage } from '../messages.ts';

/** The packet of a step, where it waits for a decision; undefined where it does not, or is not among those that are listed. */
export function heldPacketOf(step: Step, held: HeldList | null): HeldMessage | undefined {
  if (step.kind !== 'packet' || step.fates.at(-1)?.fate !== 'held') return undefined;
  const key = keyOfPacket(step.packet);
  return held?.packets.find(({ identity }) => keyOfIdentity(identity) === key);
}
