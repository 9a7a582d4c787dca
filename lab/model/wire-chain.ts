/** The chain of the kernel's rules by which a wire gets its packets (iptables(8)). */
export const WIRE_CHAIN = 'SOCKETLAB-WIRE';
