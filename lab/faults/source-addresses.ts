import type { HostInterface } from '../hosts/host-interface.ts';
import { linkLocalOf } from '../model/link-local.ts';

/**
 * The addresses that a host sends from, on all of its networks or on one of them. Among them are the link-local ones of its
 * interfaces, which the engine does not report.
 *
 * @param network its full name. Default: all.
 */
export function sourceAddresses(
  { interfaces }: { readonly interfaces: readonly HostInterface[] },
  network?: string,
): string[] {
  const chosen = interfaces.filter((one) => network === undefined || one.network === network);
  return chosen.flatMap(({ ipv4, ipv6, mac }) =>
    [ipv4, ipv6, ipv6 && linkLocalOf(mac)].filter((address) => address !== undefined),
  );
}
