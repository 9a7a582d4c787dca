import { ask, type ContainerInfo } from './docker.ts';
import { PURPOSE } from './labels.ts';

/** The repository of the images that probes run. */
export const PROBE_REPOSITORY = 'socketlab/probe';

/** Every container, or every one with a label, whatever its state. An image may have brought the label. */
export function containersWith(label?: string): Promise<ContainerInfo[]> {
  const filters = label === undefined ? {} : { label: [label] };
  return ask('list the containers of the lab', (engine) =>
    engine.listContainers({ all: true, filters }),
  );
}

/** Whether a container is a probe. Any image can bring its label, so a probe must run our image, in the network of another. */
export function isProbe({ Image, HostConfig, Labels }: ContainerInfo): boolean {
  const isJoined = HostConfig.NetworkMode.startsWith('container:');
  return Labels[PURPOSE] !== undefined && isJoined && isProbeImage(Image);
}

export function isProbeImage(name: string): boolean {
  return name.startsWith(`${PROBE_REPOSITORY}:`);
}
