/** The interfaces of a network namespace, from sysfs: "Documentation/ABI/testing/sysfs-class-net". */
import { readdirSync, readFileSync } from 'node:fs';

/** ARPHRD_ETHER, include/uapi/linux/if_arp.h. */
const ETHERNET = 1;
/** IFF_UP, include/uapi/linux/if.h. */
const UP = 1;

export interface Interface {
  /** The kernel's number for it, which it keeps when it is renamed. */
  readonly index: number;
  readonly name: string;
  readonly mac: string;
}

/** The physical interfaces: Ethernet, up, and not stacked on others, which have the same packets. */
export function wiredInterfaces(sysfs: string): Interface[] {
  const folder = `${sysfs}/class/net`;
  return readdirSync(folder).flatMap((name) => look(folder, name) ?? []);
}

/** Undefined for an interface of another kind, and for one that is removed while it is read. */
function look(folder: string, name: string): Interface | undefined {
  const read = (file: string) => readFileSync(`${folder}/${name}/${file}`, 'latin1').trim();
  try {
    const isMadeOfOthers = readdirSync(`${folder}/${name}`).some((file) =>
      file.startsWith('lower_'),
    );
    const isUp = (Number(read('flags')) & UP) !== 0;
    if (Number(read('type')) !== ETHERNET || !isUp || isMadeOfOthers) return undefined;
    return { index: Number(read('ifindex')), name, mac: read('address') };
  } catch {
    return undefined;
  }
}
