/** The Docker engine. The only importer of dockerode: its errors are wrapped here, once. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type Dockerode from 'dockerode';
import { LabError } from '../model/lab-error.ts';
import { contextVariables } from './context-variables.ts';

export type {
  Container,
  ContainerCreateOptions,
  ContainerInfo,
  ContainerInspectInfo,
} from 'dockerode';

/** A working engine answers at once, unless its machine is very busy. */
const WITHIN_MS = 120_000;

/** Ends the requests of the question that is being asked. */
const deadline = new AsyncLocalStorage<AbortSignal>();

let client: Promise<Dockerode> | undefined;

/** Loaded on the first request: it takes as long as loading everything else, and a recording needs no engine. */
async function connect(): Promise<Dockerode> {
  // In the environment, so that testcontainers and Docker's command line use the same engine.
  Object.assign(process.env, contextVariables());
  const { default: Client } = await import('dockerode');
  const engine = new Client();
  const { modem } = engine;
  const dial = modem.dial.bind(modem);
  modem.dial = (options, callback) => {
    const ends = [deadline.getStore(), options.abortSignal].filter((end) => end !== undefined);
    dial({ ...options, ...(ends.length > 0 && { abortSignal: AbortSignal.any(ends) }) }, callback);
  };
  return engine;
}

export interface AskOptions {
  /** When the request is given up, in milliseconds: `Infinity` for one that waits for a program. Default: two minutes. */
  readonly withinMs?: number;
}

/**
 * Sends requests to the engine.
 *
 * @param what the action, for error messages: `start host "web"`
 * @throws {LabError} `NO_ENGINE` if the engine cannot be reached, `TIMED_OUT` if it does not answer in time, `NO_HOST` if the
 * container does not exist, otherwise `ENGINE_FAILED`.
 */
export async function ask<T>(
  what: string,
  request: (engine: Dockerode) => Promise<T>,
  { withinMs = WITHIN_MS }: AskOptions = {},
): Promise<T> {
  client ??= connect();
  const engine = await client;
  if (withinMs === Number.POSITIVE_INFINITY) return answer(what, () => request(engine));
  const ending = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(silence(what, withinMs));
    // Nothing of it keeps this process alive.
    ending.abort();
  }, withinMs);
  const answered = deadline.run(ending.signal, () => answer(what, () => request(engine)));
  try {
    return await Promise.race([late.promise, answered]);
  } finally {
    clearTimeout(timer);
  }
}

async function answer<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw engineError(what, error);
  }
}

function silence(what: string, withinMs: number): LabError {
  const why = `the Docker engine has not answered for ${withinMs / 1000} s`;
  return new LabError('TIMED_OUT', `Cannot ${what}: ${why}. If it is stuck, restart it`);
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
