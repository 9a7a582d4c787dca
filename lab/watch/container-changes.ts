import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ask } from '../docker.ts';
import { COMPOSE_PROJECT, HOST, LAB, PURPOSE } from '../labels.ts';

/** What may change which hosts and wires there are, or what a host is. */
const ACTIONS = ['start', 'die', 'pause', 'unpause', 'destroy'];

/**
 * Tells each time that a container of a lab has changed: `host`, or the purpose of a probe. Resolves when it listens.
 *
 * @param signal ends it
 */
export async function containerChanges(
  lab: string,
  signal: AbortSignal,
): Promise<AsyncIterable<string>> {
  const stream = await ask(`watch lab "${lab}"`, (engine) =>
    engine.getEvents({ filters: { type: ['container'], event: ACTIONS }, abortSignal: signal }),
  );
  return changes(stream as Readable, lab, signal);
}

async function* changes(
  stream: Readable,
  lab: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  try {
    for await (const line of createInterface({ input: stream })) {
      const labels = JSON.parse(line).Actor.Attributes as Record<string, string>;
      const isOurs = labels[LAB] === lab || (labels[COMPOSE_PROJECT] === lab && !labels[HOST]);
      if (isOurs) yield labels[PURPOSE] ?? 'host';
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
