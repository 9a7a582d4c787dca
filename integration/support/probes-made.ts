/** Which probes the engine is asked to create: from its own events, so that none is missed, however short its life. */

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { HOST, LAB, PURPOSE } from '../../lab/engine/labels.ts';
import { probeImage } from '../../lab/probes/probe-image.ts';
import { docker } from './docker.ts';

const MARK = 'mark';

export class ProbesMade implements Disposable {
  readonly #lab: string;
  readonly #ending = new AbortController();
  /** As `HOST PURPOSE`, in the order in which they were made. */
  readonly #made: string[] = [];
  #marked = Promise.withResolvers<void>();

  private constructor(lab: string) {
    this.#lab = lab;
  }

  /** Resolves when it listens. */
  static async listen(lab: string): Promise<ProbesMade> {
    const made = new ProbesMade(lab);
    const stream = await docker.getEvents({
      filters: { type: ['container'], event: ['create'], label: [`${LAB}=${lab}`] },
      abortSignal: made.#ending.signal,
    });
    void made.#gather(stream as Readable);
    return made;
  }

  /** All so far: even the container that is created last has been reported. */
  async soFar(): Promise<string[]> {
    this.#marked = Promise.withResolvers();
    const mark = await docker.createContainer({
      Image: await probeImage(),
      Labels: { [LAB]: this.#lab, [PURPOSE]: MARK },
    });
    await this.#marked.promise;
    await mark.remove();
    return [...this.#made];
  }

  async #gather(stream: Readable): Promise<void> {
    try {
      for await (const line of createInterface({ input: stream })) {
        const labels = JSON.parse(line).Actor.Attributes as Record<string, string>;
        const { [HOST]: host = '', [PURPOSE]: purpose } = labels;
        if (purpose === MARK) this.#marked.resolve();
        else if (purpose !== undefined) this.#made.push(`${host} ${purpose}`);
      }
    } catch (error) {
      if (!this.#ending.signal.aborted) this.#marked.reject(error);
    }
  }

  [Symbol.dispose](): void {
    this.#ending.abort();
  }
}
