import { uint16 } from './bytes.ts';
import type { Dissection } from './dissection.ts';

/** A VLAN tag (IEEE 802.1Q, clause 9.6). */
export interface VlanTag {
  readonly priorityCodePoint: number;
  readonly dropEligible: boolean;
  readonly vlanId: number;
  /** What follows the tag. */
  readonly etherType: number;
}

const VLAN_TAG_BYTES = 4;

/** Takes a VLAN tag off; gives the EtherType that follows. */
export function decodeVlanTag(dissection: Dissection): number | undefined {
  if (!dissection.has(VLAN_TAG_BYTES, 'A VLAN tag')) return undefined;
  const { bytes, start, packet } = dissection;
  const control = uint16(bytes, start);
  const etherType = uint16(bytes, start + 2);
  const tag = {
    priorityCodePoint: control >>> 13,
    dropEligible: (control & 0x1000) !== 0,
    vlanId: control & 0x0fff,
    etherType,
  };
  packet.vlan = [...(packet.vlan ?? []), tag];
  dissection.start += VLAN_TAG_BYTES;
  return etherType;
}
