import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type {
  ContainerCreateOptions,
  ContainerInspectInfo,
  ContainerRemoveOptions,
  ExecCreateOptions,
  ExecInspectInfo,
} from 'dockerode';
import type { Address } from './address.ts';
import { type EngineRequest, requestConnection, requestJson, requestStream } from './request.ts';

export type { ContainerCreateOptions };

interface Outputs {
  readonly stdout?: boolean;
  readonly stderr?: boolean;
}

export interface LogsOptions extends Outputs {
  readonly timestamps?: boolean;
  readonly tail?: number;
  /** In seconds since 1970. */
  readonly since?: number;
  readonly abortSignal?: AbortSignal;
}

export interface WaitOptions {
  readonly condition?: 'not-running' | 'removed';
  readonly abortSignal?: AbortSignal;
}

type Query = EngineRequest['query'];

/** A container by its id or name; nothing is requested until a method is called. */
export class Container {
  readonly id: string;
  readonly #address: Address;

  constructor(address: Address, id: string) {
    this.id = id;
    this.#address = address;
  }

  inspect(): Promise<ContainerInspectInfo> {
    return this.#ask('GET', 'json') as Promise<ContainerInspectInfo>;
  }

  start(): Promise<unknown> {
    return this.#ask('POST', 'start');
  }

  /** @param options.t until it is killed, in seconds */
  stop(options: { t: number }): Promise<unknown> {
    return this.#ask('POST', 'stop', options);
  }

  kill(options: { signal: string }): Promise<unknown> {
    return this.#ask('POST', 'kill', options);
  }

  pause(): Promise<unknown> {
    return this.#ask('POST', 'pause');
  }

  unpause(): Promise<unknown> {
    return this.#ask('POST', 'unpause');
  }

  remove(options: ContainerRemoveOptions = {}): Promise<unknown> {
    const query = { ...options };
    return requestJson(this.#address, { method: 'DELETE', path: this.#path(''), query });
  }

  wait({ abortSignal: signal, ...query }: WaitOptions = {}): Promise<{ StatusCode: number }> {
    const request = { method: 'POST', path: this.#path('wait'), query, signal } as const;
    return requestJson(this.#address, request) as Promise<{ StatusCode: number }>;
  }

  logs(options: LogsOptions & { follow: true }): Promise<Readable>;
  logs(options: LogsOptions & { follow: false }): Promise<Buffer>;
  async logs({
    abortSignal: signal,
    ...query
  }: LogsOptions & { follow: boolean }): Promise<Readable | Buffer> {
    const request = { method: 'GET', path: this.#path('logs'), query, signal } as const;
    const stream = await requestStream(this.#address, request);
    return query.follow ? stream : buffer(stream);
  }

  /** What it prints from now on, and its standard input. */
  attach(options: Outputs & { stdin?: boolean }): Promise<Socket> {
    const query = { ...options, stream: true };
    const request = { method: 'POST', path: this.#path('attach'), query } as const;
    return requestConnection(this.#address, request);
  }

  getArchive(query: { path: string }): Promise<Readable> {
    return requestStream(this.#address, { method: 'GET', path: this.#path('archive'), query });
  }

  async exec(body: ExecCreateOptions) {
    const created = { method: 'POST', path: this.#path('exec'), body } as const;
    const { Id } = (await requestJson(this.#address, created)) as { Id: string };
    const start = { method: 'POST', path: `/exec/${Id}/start`, body: { Detach: false } } as const;
    return {
      /** Its outputs, and its standard input. */
      start: () => requestConnection(this.#address, start),
      inspect: () =>
        requestJson(this.#address, {
          method: 'GET',
          path: `/exec/${Id}/json`,
        }) as Promise<ExecInspectInfo>,
    };
  }

  #ask(method: 'GET' | 'POST', action: string, query: Query = {}): Promise<unknown> {
    return requestJson(this.#address, { method, path: this.#path(action), query });
  }

  #path(action: string): string {
    return `/containers/${this.id}${action && `/${action}`}`;
  }
}
