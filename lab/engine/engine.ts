/** The part of the Docker Engine API that the instruments use: https://docs.docker.com/reference/api/engine/. */
import type { Readable } from 'node:stream';
import type {
  ContainerInfo,
  ImageInfo,
  ImageInspectInfo,
  NetworkCreateOptions,
  NetworkInspectInfo,
} from 'dockerode';
import { type Address, engineAddress } from './address.ts';
import { Container, type ContainerCreateOptions } from './container.ts';
import { type EngineRequest, requestJson, requestStream } from './request.ts';

type Filters = Readonly<Record<string, readonly string[]>>;

export class Engine {
  readonly #address: Address = engineAddress();

  getContainer(id: string): Container {
    return new Container(this.#address, id);
  }

  async createContainer({ name, ...body }: ContainerCreateOptions): Promise<Container> {
    const path = '/containers/create';
    const { Id } = await this.#ask<{ Id: string }>({ method: 'POST', path, query: { name }, body });
    return this.getContainer(Id);
  }

  listContainers(options: { all?: boolean; filters?: Filters } = {}): Promise<ContainerInfo[]> {
    return this.#ask({ method: 'GET', path: '/containers/json', query: options });
  }

  listImages(options: { filters?: Filters } = {}): Promise<ImageInfo[]> {
    return this.#ask({ method: 'GET', path: '/images/json', query: options });
  }

  getImage(name: string) {
    return {
      inspect: () => this.#ask<ImageInspectInfo>({ method: 'GET', path: `/images/${name}/json` }),
      remove: () => this.#ask<unknown[]>({ method: 'DELETE', path: `/images/${name}` }),
    };
  }

  async createNetwork(body: NetworkCreateOptions): Promise<void> {
    await this.#ask({ method: 'POST', path: '/networks/create', body });
  }

  listNetworks(options: { filters?: Filters } = {}): Promise<NetworkInspectInfo[]> {
    return this.#ask({ method: 'GET', path: '/networks', query: options });
  }

  getNetwork(name: string) {
    const path = `/networks/${name}`;
    return {
      inspect: () => this.#ask<NetworkInspectInfo>({ method: 'GET', path }),
      remove: () => this.#ask({ method: 'DELETE', path }),
    };
  }

  /** What happens at the engine from now on, a line of JSON each. */
  getEvents({ filters, abortSignal: signal }: EventOptions): Promise<Readable> {
    const request = { method: 'GET', path: '/events', query: { filters }, signal } as const;
    return requestStream(this.#address, request);
  }

  #ask<T>(request: EngineRequest): Promise<T> {
    return requestJson(this.#address, request) as Promise<T>;
  }
}

interface EventOptions {
  readonly filters: Filters;
  readonly abortSignal: AbortSignal;
}
