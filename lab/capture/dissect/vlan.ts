import type { VlanTag } from '../../model/packet.ts';
import { uint16 } from './bytes.ts';
import type { Cursor } from './cursor.ts';

const VLAN_TAG_BYTES = 4;

/** Decodes a VLAN tag. */
export function decodeVlanTag(cursor: Cursor): VlanTag | undefined {
  if (!cursor.has(VLAN_TAG_BYTES, 'vlan')) return undefined;
  const { bytes, start } = cursor;
  const control = uint16(bytes, start);
  cursor.start += VLAN_TAG_BYTES;
  return {
    priorityCodePoint: control >>> 13,
    dropEligible: (control & 0x1000) !== 0,
    vlanId: control & 0x0fff,
    etherType: uint16(bytes, start + 2),
  };
}
