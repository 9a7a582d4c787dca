import { GenericContainer } from 'testcontainers';
import { ask } from '../engine/docker.ts';
import { HOST, LAB, OWNER } from '../engine/labels.ts';
import { thisProcess } from '../engine/owner.ts';
import { LabError } from '../model/lab-error.ts';
import { Host } from './host.ts';
import { hostConfigOf, type Privileges, userOf } from './lock-down.ts';
import { type Ready, readiness } from './readiness.ts';

/** How a host is started. */
export interface HostOptions extends Privileges {
  /** The image that it is started from. */
  readonly image: string;
  /** Environment variables, besides those of the image. */
  readonly env?: Readonly<Record<string, string | number>>;
  /** In place of the image's own command; the entry point stays. */
  readonly command?: readonly string[];
  /** In place of the image's own entry point. */
  readonly entrypoint?: readonly string[];
  /** Files to copy into it before it starts, readable for everybody: a path on this machine to a path in the host. */
  readonly files?: Readonly<Record<string, string>>;
  /** What asks it to end, as `SIGTERM`. Default: that of the image, which is SIGTERM where it has none. */
  readonly stopSignal?: NodeJS.Signals;
  /**
   * When the host counts as started: when it is healthy, when it logs a line that matches, or as soon as it is running, for a
   * program that may exit by itself. Default: `healthy` if the image has a health check and runs its own entry point,
   * otherwise `running`.
   */
  readonly ready?: Ready;
  /**
   * Whether the engine runs the image's health check, which costs a process each time. Default: yes, unless `entrypoint` is given,
   * as it is about another program then. It always does where `ready` is `healthy`.
   */
  readonly healthCheck?: boolean;
  /** How long this may take, in milliseconds. Default: 20,000. */
  readonly timeoutMs?: number;
  /**
   * Whether its socket calls are traced from the first one on, for `Lab.trace`. Default: no. After a restart it is not traced,
   * and takes 30 s longer to start.
   */
  readonly traced?: boolean;
  /**
   * Of a traced host: whether its program reaches nothing but the other hosts of the lab. Without it, this machine can be reached at
   * the address that it has on the lab's network. Default: no.
   */
  readonly isIsolated?: boolean;
  /**
   * Of a traced host: called when it has its addresses and its program has not begun yet, for instance to capture the first packet,
   * or to impair it. If it rejects, the host is removed again, and so is not started.
   */
  readonly prepare?: (host: Host) => Promise<unknown>;
}

/** The lab in which a host is started, and its name. */
export interface HostPlace {
  readonly lab: string;
  readonly name: string;
}

/** Also by the user that the host runs as, and where they can be run. */
const READABLE = 0o755;

/** Other hosts resolve this name: one label of a host name (RFC 1123, section 2.1). */
const NAME = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;

/**
 * Starts a container as a host of a lab; see `Lab.startHost`.
 *
 * @param makeContainer for a host that is started in another way
 */
export async function startHost(
  place: HostPlace,
  options: HostOptions,
  makeContainer: () => Promise<HostContainer> = async () => new HostContainer(place, options),
): Promise<Host> {
  const { lab, name } = place;
  if (!NAME.test(name)) {
    const needed =
      'a name must be 1 to 63 letters, digits and hyphens, with no hyphen at either end';
    throw new RangeError(`Cannot start host ${JSON.stringify(name)}: ${needed}`);
  }
  try {
    const container = await makeContainer();
    if (!runsHealthCheck(options)) container.withoutHealthCheck();
    const started = await container.start();
    return await Host.attach(started.getId(), { host: name, lab });
  } catch (error) {
    if (error instanceof LabError && error.code === 'HOST_NOT_READY') throw error;
    const { code, why } = isNameTaken(error)
      ? ({ code: 'HOST_EXISTS', why: `lab "${lab}" has a host of that name already` } as const)
      : ({ code: 'ENGINE_FAILED', why: await reasonOf(error, options.image) } as const);
    throw new LabError(code, `Cannot start host "${name}": ${why}`, { cause: error });
  }
}

function runsHealthCheck({ healthCheck, entrypoint, ready }: HostOptions): boolean {
  return ready === 'healthy' || (healthCheck ?? entrypoint === undefined);
}

/** The name of a container is unique, also when two processes ask for it at the same time; the engine has no code for that. */
function isNameTaken(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: number };
  return statusCode === 409 && messageOf(error).includes('is already in use');
}

/** Before its first container, testcontainers pulls its reaper, and its error does not name the image that it cannot pull. */
async function reasonOf(error: unknown, image: string): Promise<string> {
  const why = messageOf(error).trim();
  const isPull = why.includes('/v2/');
  if (!isPull || (await lookAtImage(image)) === undefined) return why;
  const hint = 'set TESTCONTAINERS_RYUK_DISABLED=true, and "socketlab sweep" does its work';
  return `testcontainers cannot pull its reaper; ${hint} (${why})`;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A container for a lab: one network interface, its name as an alias on it, and the privileges of `Privileges`. */
export class HostContainer extends GenericContainer {
  readonly #name: string;
  readonly #options: HostOptions;

  constructor({ lab, name }: HostPlace, options: HostOptions) {
    super(options.image);
    this.#name = name;
    this.#options = options;
    this.withName(`${lab}-${name}`);
    // Not `withNetworkAliases`, which attaches the container to the default bridge as well.
    this.withNetworkMode(lab);
    this.createOpts.NetworkingConfig = { EndpointsConfig: { [lab]: { Aliases: [name] } } };
    this.createOpts.Hostname = name;
    const files = Object.entries(options.files ?? {});
    const copiesFiles = files.length > 0 || options.traced === true;
    Object.assign(this.hostConfig, hostConfigOf(options, copiesFiles));
    if (options.stopSignal) this.createOpts.StopSignal = options.stopSignal;
    this.withLabels({ [LAB]: lab, [HOST]: name, [OWNER]: thisProcess });
    this.withEnvironment(asText(options.env ?? {}));
    this.withStartupTimeout(timeoutOf(options));
    if (options.command) this.withCommand([...options.command]);
    if (options.entrypoint) this.withEntrypoint([...options.entrypoint]);
    this.withCopyFilesToContainer(
      files.map(([source, target]) => ({ source, target, mode: READABLE })),
    );
  }

  withoutHealthCheck(): void {
    this.createOpts.Healthcheck = { Test: ['NONE'] };
  }

  /** Only now is the image's user known: the image may have been pulled for this container. */
  protected override async beforeContainerCreated(): Promise<void> {
    const user = userOf(this.#options, (await lookAtImage(this.#options.image))?.Config.User ?? '');
    if (user !== undefined) this.withUser(user);
  }

  /** Only now is the image's health check known: the image may have been pulled for this container. */
  protected override async containerCreated(id: string): Promise<void> {
    const host = {
      id,
      name: this.#name,
      options: this.#options,
      timeoutMs: timeoutOf(this.#options),
    };
    this.withWaitStrategy(await readiness(this.#options.ready, host));
  }
}

/** Sooner than a test gives up, so that the test learns why, and the lab goes at the end of its scope. */
const timeoutOf = ({ timeoutMs = 20_000 }: HostOptions) => timeoutMs;

/** Undefined for an image that is not on this machine: it is pulled when the host starts. */
function lookAtImage(image: string) {
  return ask('look at an image', (engine) => engine.getImage(image).inspect()).catch(
    () => undefined,
  );
}

function asText(env: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
}
