/** The Docker engine: its errors are wrapped here, once. */
import { LabError } from '../model/lab-error.ts';
import { contextVariables } from './context-variables.ts';
import { Engine } from './engine.ts';
import { EngineRefusal } from './request.ts';

export type { ContainerInfo, ContainerInspectInfo } from 'dockerode';
export type { Container, ContainerCreateOptions } from './container.ts';

let client: Engine | undefined;

function connect(): Engine {
  // In the environment, so that testcontainers and Docker's command line use the same engine.
  Object.assign(process.env, contextVariables());
  return new Engine();
}

/**
 * Sends requests to the engine.
 *
 * @param what the action, for error messages: `start host "web"`
 * @throws {LabError} `NO_ENGINE` if the engine does not answer, `NO_HOST` if the container does not exist, otherwise
 * `ENGINE_FAILED`.
 */
export async function ask<T>(what: string, request: (engine: Engine) => Promise<T>): Promise<T> {
  client ??= connect();
  try {
    return await request(client);
  } catch (error) {
    throw engineError(what, error);
  }
}

/** Wraps an error of the engine; a `LabError` is returned unchanged. */
export function engineError(what: string, error: unknown): unknown {
  return error instanceof LabError ? error : wrapped(what, error as Error);
}

/** People know containers by the short form that `docker ps` shows. */
const FULL_ID = /\b([\da-f]{12})[\da-f]{52}\b/g;

function wrapped(what: string, error: Error): LabError {
  const cause = { cause: error };
  if (!(error instanceof EngineRefusal)) {
    const why = 'the Docker engine does not answer. Is it running?';
    return new LabError('NO_ENGINE', `Cannot ${what}: ${why} (${error.message})`, cause);
  }
  const why = error.message.replace(FULL_ID, '$1');
  const code = error.statusCode === 404 ? 'NO_HOST' : 'ENGINE_FAILED';
  return new LabError(code, `Cannot ${what}: ${why}`, cause);
}
