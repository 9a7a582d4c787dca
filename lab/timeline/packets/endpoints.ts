import type { Endpoint } from '../../model/event.ts';

/** An IPv4 peer of an IPv6 socket is known by its IPv4 address on the wire (RFC 4291, section 2.5.5.2). */
export function plain({ address, port }: Endpoint): Endpoint {
  const address4 = address.toLowerCase().startsWith('::ffff:') ? address.slice(7) : address;
  return { address: address4, port };
}

export function isSpecified({ address, port }: Endpoint): boolean {
  return port > 0 && address !== '0.0.0.0' && address !== '::';
}
