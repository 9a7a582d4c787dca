import type { ContainerCreateOptions } from '../engine/docker.ts';
import { type HostLimits, limitsConfig } from './host-limits.ts';

/** What a host may do. By default: no more than most servers and clients need. */
export interface Privileges {
  /** How much of this machine it may use. Default: as each of them says. */
  readonly limits?: HostLimits;
  /**
   * The user that its program runs as, as in `1000:1000`, or `image` for that of the image, even if it is root. Default: that of the
   * image; where that is root, 1000:1000.
   */
  readonly user?: string;
  /**
   * Whether it can write nowhere but in `/tmp`, which is in memory, and in the volumes of its image. Default: yes, except for a host
   * with `files`, and for one that is `traced`, as something is copied into their file systems first.
   */
  readonly isReadOnly?: boolean;
  /** Capabilities to add, as `NET_RAW`; with any, the host runs as root. Default: none. */
  readonly capabilities?: readonly string[];
  /**
   * For an image that needs more, as those of databases that begin as root: it runs as the image's own user, with Docker's default
   * capabilities, and can write to its file system. What `user` and `isReadOnly` say has precedence. Default: no.
   */
  readonly isTrusted?: boolean;
}

/** Of most images the first user that is somebody's; of Node's, the user `node`. */
const NOBODY_IN_PARTICULAR = '1000:1000';

/** The privileges as the engine wants them. */
export function hostConfigOf(
  { limits = {}, isReadOnly, capabilities = [], isTrusted = false }: Privileges,
  copiesFiles: boolean,
): NonNullable<ContainerCreateOptions['HostConfig']> {
  return {
    ...limitsConfig(limits),
    Init: true,
    ...(!isTrusted && { CapDrop: ['ALL'] }),
    CapAdd: [...capabilities],
    SecurityOpt: ['no-new-privileges:true'],
    ...((isReadOnly ?? !(isTrusted || copiesFiles)) && {
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': 'mode=1777' },
    }),
  };
}

/** @param ofImage what the image says; empty for root. @returns undefined for what the image says */
export function userOf(
  { user, capabilities = [], isTrusted = false }: Privileges,
  ofImage: string,
): string | undefined {
  if (user === 'image') return undefined;
  if (user !== undefined) return user;
  if (capabilities.length > 0) return 'root';
  const isRoot = /^(0|root)?(:|$)/.test(ofImage);
  return isRoot && !isTrusted ? NOBODY_IN_PARTICULAR : undefined;
}

const REFUSED =
  /permission denied|operation not permitted|read-only file system|\bE(ACCES|PERM|ROFS)\b|must be (run|started) as root/i;

/** What may help a program that ended, having logged that it may not do something; undefined if it says nothing of the kind. */
export function lockDownHint(
  { isTrusted = false }: Privileges,
  log: readonly string[],
): string | undefined {
  if (isTrusted || !log.some((line) => REFUSED.test(line))) return undefined;
  return 'A host runs without root, without capabilities, and on a file system that it can only read. If its image needs more, start it with isTrusted: true';
}
