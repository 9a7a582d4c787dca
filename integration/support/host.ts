import type { Container } from 'dockerode';
import { docker } from './docker.ts';
import { type LogEvent, Output } from './output.ts';

/** A running container of a test's lab. */
export class Host {
  readonly name: string;
  /** Its addresses on the lab's network. */
  readonly ipv4: string;
  readonly ipv6: string;
  #output: Output;
  readonly #container: Container;

  private constructor(name: string, addresses: { ipv4: string; ipv6: string }, output: Output) {
    this.name = name;
    this.ipv4 = addresses.ipv4;
    this.ipv6 = addresses.ipv6;
    this.#output = output;
    this.#container = docker.getContainer(name);
  }

  static async attach(name: string): Promise<Host> {
    const container = docker.getContainer(name);
    const { NetworkSettings } = await container.inspect();
    const [network] = Object.values(NetworkSettings.Networks);
    const addresses = {
      ipv4: network?.IPAddress ?? '',
      ipv6: network?.GlobalIPv6Address ?? '',
    };
    return new Host(name, addresses, await Output.follow(container));
  }

  get lines(): readonly string[] {
    return this.#output.lines;
  }

  /** The log events of one kind, so far. */
  events(event: string): LogEvent[] {
    return this.#output.events.filter((logged) => logged.event === event);
  }

  /** Resolves with the n-th log event of a kind, as soon as it is logged. */
  event(event: string, n = 1): Promise<LogEvent> {
    return this.#output.until(`event "${event}" (no. ${n})`, () => this.events(event)[n - 1]);
  }

  /** Resolves with the first line that matches, as soon as it is printed. */
  line(pattern: RegExp): Promise<string> {
    return this.#output.until(`line ${pattern}`, ({ lines }) =>
      lines.find((line) => pattern.test(line)),
    );
  }

  /** Waits until the container has ended, and all that it printed has been read. */
  async exitCode(): Promise<number> {
    const { StatusCode } = await this.#container.wait();
    this.#output = await Output.whole(this.#container);
    return StatusCode;
  }

  /** Sends a signal to the host's first process. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    await this.#container.kill({ signal });
  }

  /**
   * Holds the host still while something is done: what arrives meanwhile waits in its sockets. So a client that would be gone
   * at once can be started, and its addresses read: they are forgotten when it ends.
   */
  async whilePaused<T>(action: () => Promise<T>): Promise<T> {
    await this.#container.pause();
    try {
      return await action();
    } finally {
      await this.#container.unpause();
    }
  }

  /** Starts the host's program again, after it has ended; its output goes on. */
  async startAgain(): Promise<void> {
    await this.#container.start();
    this.#output = await Output.follow(this.#container);
  }
}
