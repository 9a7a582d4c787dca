import { inject } from 'vitest';

/** Both IP versions, for `test.for`: in words, as a client's `FAMILY`, and the name of a host's address. */
export const families = [
  ['IPv4', '4', 'ipv4'],
  ['IPv6', '6', 'ipv6'],
] as const;

/** Those of them that hosts have here; for a test that is about all of them at once. */
export const familiesHere = () => (inject('lacksIpv6') === '' ? families : families.slice(0, 1));
