import { ask, type ContainerInfo } from './docker.ts';

/** Every container with a label, whatever its state. */
export function containersWith(label: string): Promise<ContainerInfo[]> {
  return ask('list the containers of the lab', (engine) =>
    engine.listContainers({ all: true, filters: { label: [label] } }),
  );
}
