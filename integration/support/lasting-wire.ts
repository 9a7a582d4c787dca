import type { Between, Fault, Lab } from '../../lab/index.ts';

/**
 * Keeps the wires of a path running from test to test, as each start of a wire starts a container. The fault is limited to a port
 * that no test sends to, so that packets pass the wire only while there is another fault.
 */
export function startLastingWire(lab: Lab, between: Between): Promise<Fault> {
  return lab.impair({ kind: 'loss', percent: 0, protocol: 'udp', port: 9, ...between });
}
