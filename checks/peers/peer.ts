/**
 * A host of the grader's own, in which it plays servers and clients. One program does so for the whole run, so that a visit costs
 * no start of a process.
 *
 *     checks ──ask()──▶ Peer ──a request a line──▶ in-peer/agent.ts ──▶ the program that is graded
 *                        └◀────an outcome a line────────┘
 */
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { baseImage, type Host, type Lab, LabError, type Spawned } from '../../lab/index.ts';
import type { Actions, AgentOutcome, AgentRequest } from './in-peer/agent.ts';

const FOLDER = fileURLToPath(new URL('in-peer/', import.meta.url));
/** In the package everything is JavaScript. */
const EXTENSION = import.meta.filename.endsWith('.ts') ? '.ts' : '.js';
/** From here to the host. */
const FILES = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => [`${FOLDER}${name}`, `/peer/${name}`]),
);
const AGENT = [
  'node',
  // There is no package.json beside it.
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  `/peer/agent${EXTENSION}`,
];

/** The host on which the grader plays servers and clients. */
export class Peer implements AsyncDisposable {
  /** Its host. */
  readonly host: Host;
  readonly #agent: Spawned;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #ended: Promise<void>;
  #end: LabError | undefined;
  #count = 0;

  private constructor(host: Host, agent: Spawned) {
    this.host = host;
    this.#agent = agent;
    // Its end is noticed by its output.
    agent.stdin.on('error', () => undefined);
    this.#ended = this.#listen();
  }

  /** @throws {LabError} if its host cannot be started. */
  static async start(lab: Lab, name: string): Promise<Peer> {
    const entrypoint = ['sleep', 'infinity'];
    const options = { image: baseImage(), entrypoint, files: FILES, ready: 'running' } as const;
    const host = await lab.startHost(name, options);
    return new Peer(host, await host.spawn(AGENT));
  }

  /**
   * Has one of the peers do something; several may be at it at the same time.
   *
   * @throws {LabError} `HOST_NOT_RUNNING` if they have ended; then nothing can be said of the program.
   */
  async ask<Name extends keyof Actions>(
    action: Name,
    input: Parameters<Actions[Name]>[0],
  ): Promise<Awaited<ReturnType<Actions[Name]>>> {
    if (this.#end) throw this.#end;
    this.#count += 1;
    const id = this.#count;
    const outcome = Promise.withResolvers<unknown>();
    this.#asked.set(id, outcome);
    const request: AgentRequest = { id, action, input };
    this.#agent.stdin.write(`${JSON.stringify(request)}\n`);
    return (await outcome.promise) as Awaited<ReturnType<Actions[Name]>>;
  }

  /** Ends all that they do; the host goes with its lab. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.stdin.end();
    await this.#ended;
  }

  async #listen(): Promise<void> {
    let stderr = '';
    this.#agent.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    try {
      for await (const line of createInterface({ input: this.#agent.stdout }))
        this.#settle(JSON.parse(line));
    } catch (error) {
      stderr += String(error);
    }
    const why = `Cannot go on with host "${this.host.name}": its peers have ended. ${stderr}`;
    this.#end = new LabError('HOST_NOT_RUNNING', why);
    for (const { reject } of this.#asked.values()) reject(this.#end);
  }

  #settle(outcome: AgentOutcome): void {
    const { resolve, reject } = this.#asked.get(outcome.id) ?? {};
    this.#asked.delete(outcome.id);
    if ('error' in outcome) reject?.(new Error(`A peer of the grader failed: ${outcome.error}`));
    else resolve?.(outcome.output);
  }
}
