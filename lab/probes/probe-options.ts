import type { Subnet } from '../hosts/start-network.ts';
import { programOf } from './programs.ts';

/** For becoming another user, and giving these up with that. */
const TO_BECOME_A_STRANGER = ['SETUID', 'SETGID', 'SETPCAP'];
const TO_ISOLATE = ['NET_ADMIN'];

/** What a command beside a host is. */
export interface CommandOptions {
  /** What it does to the host, for error messages: `reset`. */
  readonly verb: string;
  readonly command: readonly string[];
  /** Capabilities, without the prefix `CAP_`. */
  readonly capabilities: readonly string[];
}

/**
 * In a probe. Its standard input is closed when the process that listens to the probe stops or ends, also when that was killed: then
 * the command is to end, too, unless it ends soon in any case.
 */
export interface ProbeOptions extends CommandOptions {
  /**
   * Whether it also joins the host's process namespace, and so sees the host's processes. They see it, too, but cannot signal or trace
   * it, as it runs as another user. Default: no.
   */
  readonly sharesProcesses?: boolean;
  /** From then on the host reaches nothing but other hosts in these subnets. Default: what its networks allow. */
  readonly isolates?: readonly Subnet[];
}

/** Its command, behind what must be done first. */
export function commandOf({
  command,
  capabilities,
  sharesProcesses,
  isolates,
}: ProbeOptions): string[] {
  const subnets = isolates?.map(({ range, gateway }) => `${range},${gateway}`) ?? [];
  const kept = capabilities.map((name) => `+${name.toLowerCase()}`).join();
  return [
    ...(isolates ? ['sh', programOf('isolate.sh'), ...subnets, '--'] : []),
    ...(sharesProcesses ? ['sh', programOf('as-stranger.sh'), kept] : []),
    ...command,
  ];
}

/** Those of its command, and those that are given up before it begins. */
export function capabilitiesOf({
  capabilities,
  sharesProcesses,
  isolates,
}: ProbeOptions): string[] {
  const first = [isolates ? TO_ISOLATE : [], sharesProcesses ? TO_BECOME_A_STRANGER : []];
  return [...new Set([...capabilities, ...first.flat()])];
}
