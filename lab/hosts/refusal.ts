import type { LabErrorCode } from '../model/lab-error.ts';
import type { HostNetwork } from './host-network.ts';

/** Why no probe may join a host: `why` continues a sentence that begins with "it" or the host. */
export interface Refusal {
  readonly code: LabErrorCode;
  readonly why: string;
}

/** @returns undefined for a network in which a probe can do no harm to others */
export function networkRefusal(network: HostNetwork): Refusal | undefined {
  if (network.kind === 'own' || network.kind === 'shared') return undefined;
  return { code: network.kind === 'machine' ? 'HOST_NETWORK' : 'NO_NETWORK', why: network.why };
}

/** @returns undefined for a host whose processes are not those of this machine */
export function processesRefusal(seesMachine: boolean): Refusal | undefined {
  if (!seesMachine) return undefined;
  return { code: 'HOST_PROCESSES', why: "sees this machine's processes (pid: host)" };
}
