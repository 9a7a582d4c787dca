import type { Readable } from 'node:stream';
import { ask } from '../engine/docker.ts';
import { COMPOSE_PROJECT, HOST, LAB, PURPOSE } from '../engine/labels.ts';

/** Changes which hosts and wires there are, or the state of a host. */
const ACTIONS = ['start', 'die', 'pause', 'unpause', 'destroy'];
/** Changes the addresses of a container; networks do not have the labels of the lab. */
const NETWORK_ACTIONS = ['connect', 'disconnect'];

export interface ContainerChange {
  /** The container's id. */
  readonly id: string;
  /** `host`, or the purpose of a probe; `network` for a container of any lab that joins or leaves a network. */
  readonly what: string;
}

/**
 * Reports each change of a container of a lab. Resolves when it listens.
 *
 * @param signal ends it
 */
export async function containerChanges(
  lab: string,
  signal: AbortSignal,
): Promise<AsyncIterable<ContainerChange>> {
  const stream = await ask(`watch lab "${lab}"`, (engine) =>
    engine.getEvents({
      filters: { type: ['container', 'network'], event: [...ACTIONS, ...NETWORK_ACTIONS] },
      abortSignal: signal,
    }),
  );
  return changes(stream as Readable, lab, signal);
}

/** An event of the engine (Docker Engine API, `/events`). */
interface EngineEvent {
  readonly Type: 'container' | 'network';
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
}

async function* changes(
  stream: Readable,
  lab: string,
  signal: AbortSignal,
): AsyncGenerator<ContainerChange> {
  try {
    for await (const line of linesOf(stream)) {
      const { Type, Actor } = JSON.parse(line) as EngineEvent;
      const { ID: id, Attributes: labels } = Actor;
      if (Type === 'network') {
        yield { id: labels['container'] ?? '', what: 'network' };
        continue;
      }
      const isOurs = labels[LAB] === lab || (labels[COMPOSE_PROJECT] === lab && !labels[HOST]);
      if (isOurs) yield { id, what: labels[PURPOSE] ?? 'host' };
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Not with `node:readline`: its interface outlasts its reader, and later errors of the stream would be unhandled. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
}
