/** Numbers of the registry "Assigned Internet Protocol Numbers" (RFC 5237). */
export const PROTOCOL_ICMP = 1;
export const PROTOCOL_TCP = 6;
export const PROTOCOL_UDP = 17;
export const PROTOCOL_ICMPV6 = 58;
