/** A socket that waits for peers: of TCP one in LISTEN, of UDP one that is bound and has no peer. */
export interface ListeningSocket {
  /** TCP or UDP. */
  readonly protocol: 'tcp' | 'udp';
  /** `0.0.0.0` and `::` stand for every address of the host. */
  readonly address: string;
  /** The port that it is bound to. */
  readonly port: number;
  /** IPv6 alone, also at `::` (IPV6_V6ONLY, ipv6(7)). */
  readonly isIPv6Only: boolean;
  /** What came to it, and that the kernel has dropped, as its queue was full: datagrams, or connections. */
  readonly dropped: number;
}
