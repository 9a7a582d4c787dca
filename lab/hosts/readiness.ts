import { StartupCheckStrategy, Wait, type WaitStrategy } from 'testcontainers';
import { ask, type ContainerInspectInfo } from '../engine/docker.ts';
import { LabError } from '../model/lab-error.ts';
import { printable } from '../util/printable.ts';
import { readLog } from './host-log.ts';
import { lockDownHint, type Privileges } from './lock-down.ts';

/** When a host counts as started: when it is healthy, when it is running, or when it logs a line that matches. */
export type Ready = 'healthy' | 'running' | RegExp;

/** A host that is being started. */
interface Starting {
  readonly id: string;
  readonly name: string;
  readonly options: Privileges & { readonly image: string };
  readonly timeoutMs: number;
}

/** How many of the last lines of its log are told of a host that did not become ready. */
const LINES_TOLD = 10;

/**
 * Waits until a host is ready. The error says what became of it: testcontainers removes the host at once, and its log with it.
 *
 * @param ready default: `healthy` if the host has a health check, otherwise `running`
 */
export async function readiness(ready: Ready | undefined, host: Starting): Promise<WaitStrategy> {
  const wanted = ready ?? (await readyByDefault(host.id));
  const wait = waitFor(wanted);
  const waitUntilReady = wait.waitUntilReady.bind(wait);
  wait.waitUntilReady = async (...args) => {
    const waiting = [waitUntilReady(...args)];
    // Of a host that has ended, the health check is awaited in vain.
    if (wanted === 'healthy') waiting.push(endOf(host));
    try {
      await Promise.race(waiting);
    } catch (cause) {
      throw await notReady(wanted, host, cause);
    }
  };
  return wait;
}

async function readyByDefault(id: string): Promise<Ready> {
  const { Config } = await inspect(id);
  const [kind = 'NONE'] = Config.Healthcheck?.Test ?? [];
  return kind === 'NONE' ? 'running' : 'healthy';
}

function waitFor(ready: Ready): WaitStrategy {
  if (ready instanceof RegExp) return Wait.forLogMessage(ready);
  return ready === 'healthy' ? Wait.forHealthCheck() : new Running();
}

/** For a program that may exit by itself at any time: there is nothing to wait for. */
class Running extends StartupCheckStrategy {
  override checkStartupState(): Promise<'SUCCESS'> {
    return Promise.resolve('SUCCESS');
  }
}

async function endOf({ id }: Starting): Promise<void> {
  await ask('wait for a host', (engine) => engine.getContainer(id).wait(), {
    withinMs: Number.POSITIVE_INFINITY,
  });
  throw new Error('it has ended');
}

async function notReady(ready: Ready, host: Starting, cause: unknown): Promise<LabError> {
  const why = `${whyNot(ready, (await inspect(host.id)).State, host.timeoutMs)}. ${await logged(host)}`;
  const what = `Cannot start host "${host.name}" from image "${host.options.image}"`;
  return new LabError('HOST_NOT_READY', `${what}: ${why}`, { cause });
}

function whyNot(ready: Ready, state: ContainerInspectInfo['State'], timeoutMs: number): string {
  const isLine = ready instanceof RegExp;
  if (!state.Running) {
    const wanted = isLine ? `it logged a line that matches ${ready}` : 'it was healthy';
    return `it ended with exit code ${state.ExitCode} before ${wanted}`;
  }
  if (state.Health?.Status === 'unhealthy') return 'its health check failed';
  const wanted = isLine ? `logged a line that matches ${ready}` : 'become healthy';
  return `it had not ${wanted} after ${timeoutMs / 1000} s`;
}

/** The end of its log, for an error message, and what may help. */
async function logged(host: Starting): Promise<string> {
  const all = await Array.fromAsync(readLog(host));
  if (all.length === 0) return 'It logged nothing';
  const last = all.slice(-LINES_TOLD).map(({ line }) => `  ${printable(line)}`);
  const hint = lockDownHint(host.options, last);
  const what = all.length > last.length ? 'The end of its log:' : 'Its log:';
  return [what, ...last, ...(hint ? [hint] : [])].join('\n');
}

function inspect(id: string) {
  return ask('look at a host', (engine) => engine.getContainer(id).inspect());
}
