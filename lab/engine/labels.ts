/** The labels on everything that belongs to a lab, by which it is found again. */
import { thisProcess } from './owner.ts';

/** Labels that Compose sets (https://docs.docker.com/reference/compose-file/). */
export const COMPOSE_PROJECT = 'com.docker.compose.project';
export const COMPOSE_SERVICE = 'com.docker.compose.service';
export const COMPOSE_NUMBER = 'com.docker.compose.container-number';
export const COMPOSE_NETWORK = 'com.docker.compose.network';
export const COMPOSE_ONE_OFF = 'com.docker.compose.oneoff';

/** On the image of a role, and so on its hosts: the role. */
export const ROLE = 'socketlab.role';
/** On every container and network that socketlab creates: the lab that it belongs to. */
export const LAB = 'socketlab.lab';
/** On a host and on its probes: the host's name. */
export const HOST = 'socketlab.host';
/** On a probe: its purpose. */
export const PURPOSE = 'socketlab.purpose';
/** On a container or network that must not outlive the process that created it: that process; see `owner.ts`. */
export const OWNER = 'socketlab.owner';
/** On a probe that outlives the process that created it: that process. It matters until the probe is started. */
export const STARTER = 'socketlab.starter';
/** On a volume, which has nothing in it: the container that a fault has ended, and the start of the run that it ended. */
export const ENDED = 'socketlab.ended';
/** On an image that must not outlive the process that built it: that process. Not `OWNER`, which its containers would inherit. */
export const BUILDER = 'socketlab.builder';
/** On a probe image: the folder that it was built from; see `image-source.ts`. */
export const SOURCE = 'socketlab.source';

/** For `docker build --label`: `sweep` removes the image when this process has ended without having done so. */
export const builderLabel = `${BUILDER}=${thisProcess}`;
