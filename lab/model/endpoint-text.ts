import type { Endpoint } from './event.ts';

/** `172.18.0.2:50000`, or `[2001:db8::1]:50000` (RFC 3986, section 3.2.2). */
export function endpointText({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
