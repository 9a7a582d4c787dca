import type { CallEvent } from '../event.ts';
import { Recent } from '../recent.ts';

const HOSTS_MAX = 4096;

/** Since when the calls of each host are told: what it sends from then on has a call that explains it, if it was made by one. */
export class TracedHosts {
  readonly #since = new Recent<string, number>(HOSTS_MAX);

  /**
   * @param host the one under whose name its packets are told
   * @param ns when the call began, or was found to be so
   */
  learn(host: string, { stage, tookNs = 0 }: CallEvent, ns: number): void {
    if (this.#since.peek(host) === undefined)
      this.#since.set(host, ns + (stage === 'present' ? tookNs : 0));
  }

  /** Its processes have gone, and with them whoever traced them. */
  forget(host: string): void {
    this.#since.delete(host);
  }

  /** Undefined where nobody traces it. */
  since(host: string): number | undefined {
    return this.#since.peek(host);
  }
}
