/** One end of a conversation. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/**
 * An endpoint as a person should see it: an IPv4 peer of a dual-stack socket keeps its IPv4 form.
 * Undefined where the kernel no longer knows the peer, as after a reset.
 */
export function endpoint(address: string | undefined, port: number | undefined) {
  if (address === undefined || port === undefined) return undefined;
  return { address: address.replace(/^::ffff:(?=[\d.]+$)/i, ''), port } satisfies Endpoint;
}

/** `192.0.2.1:50000`, or `[2001:db8::1]:50000` (RFC 3986, section 3.2.2). */
export function inWords(peer: Endpoint | undefined): string {
  if (peer === undefined) return 'a host that is already gone';
  return hostPort(peer.address, peer.port);
}

/** The same for a name or an address that is still to be resolved. */
export function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
