/** The marks on what belongs to a lab, by which all of it is found again. */
import { hostname } from 'node:os';

/** Marks that Compose makes (https://docs.docker.com/reference/compose-file/). */
export const COMPOSE_PROJECT = 'com.docker.compose.project';
export const COMPOSE_SERVICE = 'com.docker.compose.service';
export const COMPOSE_NUMBER = 'com.docker.compose.container-number';
export const COMPOSE_NETWORK = 'com.docker.compose.network';
export const COMPOSE_ONE_OFF = 'com.docker.compose.oneoff';

/** On the image of a role, and so on the hosts that are made of it: the role. */
export const ROLE = 'socketlab.role';
/** On every container and network that socketlab makes: the lab it belongs to. */
export const LAB = 'socketlab.lab';
/** On a host and on its probes: the host's name. */
export const HOST = 'socketlab.host';
/** On a probe: what it is for. */
export const PURPOSE = 'socketlab.purpose';
/** On what must not outlive the process that made it: that process. */
export const OWNER = 'socketlab.owner';
/** On a probe that outlives the process that made it: that process. It matters until the probe is started. */
export const STARTER = 'socketlab.starter';
/** On an image of probes: the machine and the folder that it was made from. */
export const SOURCE = 'socketlab.source';

/** This process, as a value of `OWNER` and `STARTER`. */
export const thisProcess = `${hostname()}:${process.pid}`;

/** Whether the process that a value of `OWNER` or `STARTER` names has ended. One of another machine cannot be told, and has not. */
export function hasEnded(owner: string): boolean {
  const [machine, pid] = owner.split(':');
  if (machine !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
