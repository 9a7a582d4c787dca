import type { PacketRecord } from './step-record.ts';

/**
 * Whether the receiver's kernel dropped it, as its checksum told that it was damaged. Of one with copies it may be only one that
 * was damaged; and what has been acknowledged was not dropped, as in recordings that do not tell which damage was hidden.
 */
export function isDropped({ fates, delivery, packet, inferredOutcome }: PacketRecord): boolean {
  if (delivery !== 'arrived' || inferredOutcome === 'arrived') return false;
  if (packet.udp?.checksumStatus === 'absent') return false;
  if (fates.some(({ fate }) => fate === 'duplicated')) return false;
  return fates.some(({ fate, isChecksumFixed }) => fate === 'corrupted' && !isChecksumFixed);
}
