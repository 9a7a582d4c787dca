/**
 * - `good`, `bad`: computed over all that it covers, and right or wrong.
 * - `unverified`: cannot be verified. The packet is a fragment, or was cut by the capture, or the sender's kernel left the sum to
 *   the network card (the field holds the sum of the pseudo-header alone), as it does on the veth pair of a container.
 * - `absent`: the sender computed none, as UDP over IPv4 allows (RFC 768: all zeros).
 */
export type ChecksumStatus = 'good' | 'bad' | 'unverified' | 'absent';
