/** The Docker engine. The only importer of dockerode: its errors are wrapped here, once. */
import type Dockerode from 'dockerode';
import { LabError } from '../model/lab-error.ts';
import { contextVariables } from './context-variables.ts';

export type {
  Container,
  ContainerCreateOptions,
  ContainerInfo,
  ContainerInspectInfo,
} from 'dockerode';

let client: Promise<Dockerode> | undefined;

/** Loaded on the first request: it takes as long as loading everything else, and a recording needs no engine. */
async function connect(): Promise<Dockerode> {
  // In the environment, so that testcontainers and Docker's command line use the same engine.
  Object.assign(process.env, contextVariables());
  const { default: Client } = await import('dockerode');
  return new Client();
}

/**
 * Sends requests to the engine.
 *
 * @param what the action, for error messages: `start host "web"`
 * @throws {LabError} `NO_ENGINE` if the engine does not answer, `NO_HOST` if the container does not exist, otherwise
 * `ENGINE_FAILED`.
 */
export async function ask<T>(what: string, request: (engine: Dockerode) => Promise<T>): Promise<T> {
  client ??= connect();
  const engine = await client;
  try {
    return await request(engine);
  } catch (error) {
    throw engineError(what, error);
  }
}

interface EngineFailure extends NodeJS.ErrnoException {
  readonly statusCode?: number;
  readonly json?: { readonly message?: string };
}

/** Wraps an error of the engine; a `LabError` is returned unchanged. */
export function engineError(what: string, error: unknown): unknown {
  return error instanceof LabError ? error : wrapped(what, error as EngineFailure);
}

/** People know containers by the short form that `docker ps` shows. */
const FULL_ID = /\b([\da-f]{12})[\da-f]{52}\b/g;

function wrapped(what: string, error: EngineFailure): LabError {
  const cause = { cause: error };
  if (error.statusCode === undefined) {
    const why = 'the Docker engine does not answer. Is it running?';
    return new LabError('NO_ENGINE', `Cannot ${what}: ${why} (${error.message})`, cause);
  }
  const why = (error.json?.message ?? error.message).replace(FULL_ID, '$1');
  const code = error.statusCode === 404 ? 'NO_HOST' : 'ENGINE_FAILED';
  return new LabError(code, `Cannot ${what}: ${why}`, cause);
}
