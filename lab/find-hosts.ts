import { ask, type ContainerInfo } from './docker.ts';
import type { LabError } from './error.ts';
import { Host } from './host.ts';
import {
  COMPOSE_NUMBER,
  COMPOSE_ONE_OFF,
  COMPOSE_PROJECT,
  COMPOSE_SERVICE,
  HOST,
  LAB,
  PURPOSE,
} from './labels.ts';

/** The hosts of a lab, sorted by name: those of a Compose project, or those that `startHost` started. */
export async function findHosts(lab: string): Promise<Host[]> {
  const [ofProject, ofLab] = await Promise.all(
    [`${COMPOSE_PROJECT}=${lab}`, `${LAB}=${lab}`].map((label) => containersWith(label)),
  );
  const containers = [...(ofProject?.filter(isService) ?? []), ...(ofLab?.filter(isHost) ?? [])];
  const names = namesOf(containers);
  const hosts = await Promise.all(
    containers.map(({ Id }, n) =>
      Host.attach(Id, { host: names[n] ?? '', lab }).catch(undefinedIfGone),
    ),
  );
  return hosts
    .filter((host) => host !== undefined)
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** Somebody else may remove one meanwhile. */
function undefinedIfGone(error: LabError): undefined {
  if (error.code !== 'NO_HOST') throw error;
}

/** Every container with a label, whatever its state. */
export function containersWith(label: string): Promise<ContainerInfo[]> {
  return ask('list the containers of the lab', (engine) =>
    engine.listContainers({ all: true, filters: { label: [label] } }),
  );
}

/**
 * Not the `docker compose run` of somebody, and not a stranger: what is started from an image that Compose built, as a host of
 * another lab may be, inherits its project, but no number.
 */
function isService({ Labels }: ContainerInfo): boolean {
  return Labels[COMPOSE_NUMBER] !== undefined && Labels[COMPOSE_ONE_OFF] !== 'True';
}

/** Not a probe. */
function isHost({ Labels }: ContainerInfo): boolean {
  return Labels[HOST] !== undefined && Labels[PURPOSE] === undefined;
}

/** A service that is scaled has several hosts: then each has its number behind its name. */
function namesOf(containers: ContainerInfo[]): string[] {
  const services = containers.map(({ Labels }) => Labels[HOST] ?? Labels[COMPOSE_SERVICE] ?? '');
  return containers.map(({ Labels }, n) => {
    const service = services[n] ?? '';
    const isScaled = services.filter((other) => other === service).length > 1;
    return isScaled ? `${service}-${Labels[COMPOSE_NUMBER]}` : service;
  });
}
