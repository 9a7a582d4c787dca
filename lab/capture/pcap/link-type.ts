import type { LinkType } from '../../model/packet.ts';

/** Their numbers in pcap and pcapng files (draft-ietf-opsawg-pcaplinktype). */
const LINKTYPE_ETHERNET = 1;
const LINKTYPE_RAW = 101;
const LINKTYPE_LINUX_SLL2 = 276;

const numbers: Record<LinkType, number> = {
  ethernet: LINKTYPE_ETHERNET,
  'raw-ip': LINKTYPE_RAW,
  'linux-sll2': LINKTYPE_LINUX_SLL2,
};

/** The link type with this number in a file; undefined for one that is not read here. */
export function linkTypeOf(number: number): LinkType | undefined {
  if (number === LINKTYPE_ETHERNET) return 'ethernet';
  if (number === LINKTYPE_LINUX_SLL2) return 'linux-sll2';
  if (number === LINKTYPE_RAW) return 'raw-ip';
  return undefined;
}

/** The number of a link type in a file. */
export function linkTypeNumber(linkType: LinkType): number {
  return numbers[linkType];
}
