/** Something that a process has left behind. */
export interface Remnant {
  /** What it is. */
  readonly kind: 'container' | 'network' | 'image' | 'volume' | 'rules';
  /** As `docker ps`, `docker network ls` or `docker images` shows it, or `docker volume ls`; of rules, the host that they are in. */
  readonly name: string;
  /** What proves that nobody needs it any more. */
  readonly why: Proof;
}

export type Proof =
  /** The process that created it has ended. */
  | 'owner-ended'
  /** A probe that was not started when the process that created it ended. */
  | 'never-started'
  /** A probe whose host no longer runs. */
  | 'host-ended'
  /** A note that a fault has ended a host, which no longer exists. */
  | 'host-gone'
  /** An image of probes that this version does not use, nor any container. */
  | 'outdated'
  /** Rules of the kernel, of a wire that was killed. */
  | 'wire-killed';

/** How a sweep goes about it. */
export interface SweepOptions {
  /** Only finds what would be removed. Default: no. */
  readonly dryRun?: boolean;
}
