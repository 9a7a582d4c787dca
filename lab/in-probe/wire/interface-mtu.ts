import { readdirSync, readFileSync } from 'node:fs';

const INTERFACES = '/sys/class/net';
const MTUS = new Map<number, number>();

/** How long a packet of an interface is at most, in bytes; undefined where the kernel does not say. Asked once. */
export function mtuOfInterface(index: number): number | undefined {
  if (!MTUS.has(index)) {
    try {
      for (const name of readdirSync(INTERFACES)) {
        MTUS.set(numberIn(`${name}/ifindex`), numberIn(`${name}/mtu`));
      }
    } catch {
      // An interface may go while it is looked at.
    }
  }
  return MTUS.get(index);
}

const numberIn = (file: string) => Number(readFileSync(`${INTERFACES}/${file}`, 'utf8'));
