/** Both IP versions, for `test.for`: in words, as a client's `FAMILY`, and the name of a host's address. */
export const families = [
  ['IPv4', '4', 'ipv4'],
  ['IPv6', '6', 'ipv6'],
] as const;
