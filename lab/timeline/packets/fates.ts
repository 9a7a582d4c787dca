import type { FateEvent, PacketFate } from '../../model/event.ts';

/** A packet's transit ends with these. */
export function isEnd(fate: PacketFate): boolean {
  return fate === 'delivered' || fate === 'lost';
}

/** Whether the wire keeps a packet, by what is known of it so far. */
export function isKept(fates: readonly FateEvent[]): boolean {
  let isWaiting = false;
  for (const { fate } of fates) {
    if (fate === 'delayed' || fate === 'held') isWaiting = true;
    if (isEnd(fate)) isWaiting = false;
  }
  return isWaiting;
}
