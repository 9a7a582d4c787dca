import { readdirSync, readFileSync } from 'node:fs';

const INTERFACES = '/sys/class/net';
const MTUS = new Map<number, number>();

/** The MTU of an interface, in bytes; undefined if it is unknown. Read once. */
export function mtuOfInterface(index: number): number | undefined {
  if (!MTUS.has(index)) {
    try {
      for (const name of readdirSync(INTERFACES)) {
        MTUS.set(numberIn(`${name}/ifindex`), numberIn(`${name}/mtu`));
      }
    } catch {
      // An interface may be removed while it is read.
    }
  }
  return MTUS.get(index);
}

const numberIn = (file: string) => Number(readFileSync(`${INTERFACES}/${file}`, 'utf8'));
