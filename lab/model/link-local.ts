/**
 * The link-local IPv6 address that an interface derives from its hardware address (RFC 4291, section 2.5.6 and appendix A), as
 * interfaces of containers do: a host may send from it before it is first inspected.
 *
 * @returns undefined if it is not a hardware address of 48 bits
 */
export function linkLocalOf(mac: string): string | undefined {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(mac)) return undefined;
  const [first = 0, ...rest] = mac.split(':').map((byte) => Number.parseInt(byte, 16));
  const bytes = [first ^ 2, ...rest.slice(0, 2), 0xff, 0xfe, ...rest.slice(2)];
  const groups = [0, 2, 4, 6].map((at) =>
    ((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)).toString(16),
  );
  // The longest run of zeros is left out (RFC 5952, section 4.2).
  while (groups[0] === '0') groups.shift();
  return `fe80::${groups.join(':')}`;
}
