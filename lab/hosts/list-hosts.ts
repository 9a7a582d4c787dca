/** The hosts of a lab, as the engine lists them: all of them in one request. */
import { containersWith, isProbe } from '../engine/containers.ts';
import { ask, type ContainerInfo } from '../engine/docker.ts';
import {
  COMPOSE_NUMBER,
  COMPOSE_ONE_OFF,
  COMPOSE_PROJECT,
  COMPOSE_SERVICE,
  HOST,
  LAB,
} from '../engine/labels.ts';

/** Whether a lab has any hosts. */
export async function hasHosts(lab: string): Promise<boolean> {
  return (await hostContainers(lab)).length > 0;
}

/** A container that is a host, as the engine lists it. */
export interface ListedHost {
  readonly container: ContainerInfo;
  readonly name: string;
}

/** The hosts of a lab: those of a Compose project, or those that `startHost` started. */
export async function listHosts(lab: string): Promise<ListedHost[]> {
  const containers = await hostContainers(lab);
  const names = namesOf(containers);
  return containers.map((container, n) => ({ container, name: names[n] ?? '' }));
}

async function hostContainers(lab: string): Promise<ContainerInfo[]> {
  const [ofProject, ofLab] = await Promise.all(
    [`${COMPOSE_PROJECT}=${lab}`, `${LAB}=${lab}`].map((label) => containersWith(label)),
  );
  return [...(ofProject?.filter(isService) ?? []), ...(ofLab?.filter(isHost) ?? [])];
}

/** The names of the labs that have a running host: any Compose projects, and labs that tests have started. */
export async function labsThatRun(): Promise<string[]> {
  const containers = await ask('list the labs', (engine) => engine.listContainers());
  const labs = containers.flatMap((container) => {
    if (isHost(container)) return container.Labels[LAB] ?? [];
    return isService(container) ? (container.Labels[COMPOSE_PROJECT] ?? []) : [];
  });
  return [...new Set(labs)].sort();
}

/** A container whose image Compose built inherits the label of the project, but not the number of a service. */
function isService({ Labels }: ContainerInfo): boolean {
  return Labels[COMPOSE_NUMBER] !== undefined;
}

function isHost(container: ContainerInfo): boolean {
  return container.Labels[HOST] !== undefined && !isProbe(container);
}

/**
 * The names of hosts. If a service is scaled, each of its hosts has its number appended. What `docker compose run` has started
 * has the name of its container, without the project: `tcp-client-run-1f2e3d4c5b6a`.
 */
function namesOf(containers: ContainerInfo[]): string[] {
  const services = containers.map((one) => (isRun(one) ? undefined : serviceOf(one)));
  return containers.map((container, n) => {
    const service = services[n];
    if (service === undefined) return runName(container);
    const isScaled = services.filter((other) => other === service).length > 1;
    return isScaled ? `${service}-${container.Labels[COMPOSE_NUMBER]}` : service;
  });
}

const isRun = ({ Labels }: ContainerInfo) => Labels[COMPOSE_ONE_OFF] === 'True';

const serviceOf = ({ Labels }: ContainerInfo) => Labels[HOST] ?? Labels[COMPOSE_SERVICE] ?? '';

function runName({ Labels, Names: [name = ''] }: ContainerInfo): string {
  return name.replace('/', '').replace(`${Labels[COMPOSE_PROJECT]}-`, '');
}
