/**
 * The life of a service, the same for all four roles.
 *
 *     settings ──▶ work(…) ──▶ exit code: 0 done, 1 the network failed, 2 bad settings
 *                     ▲
 *     SIGTERM, SIGINT ┘ `stopping` is aborted; what is open has 5 s to finish, then the process ends with 0
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from './failure.ts';
import { Health } from './health.ts';
import { type Log, logSettings, openLog } from './log.ts';
import {
  readSettings,
  type Settings,
  SettingsError,
  type Specs,
  settingsTable,
} from './settings.ts';

/** How long a conversation that is open when the service is told to stop may go on. */
const GRACE_MS = 5000;

export interface Service<S extends Specs> {
  readonly role: string;
  /** One sentence for `--help`. */
  readonly summary: string;
  readonly settings: S;
  /** @throws {SettingsError} for settings that do not go together. */
  check?(settings: Settings<S & typeof logSettings>): void;
  /** Resolves when the service has done what it is for, or has finished what was open when it was told to stop. */
  work(context: Context<S & typeof logSettings>): Promise<void>;
}

export interface Context<S extends Specs> {
  readonly settings: Settings<S>;
  readonly log: Log;
  readonly health: Health;
  /** Aborted when the service is told to stop. */
  readonly stopping: AbortSignal;
}

/** Runs a service as the main program of this process, and ends the process. */
export async function runService<S extends Specs>(service: Service<S>): Promise<never> {
  const specs = { ...service.settings, ...logSettings };
  answerArguments(service, specs);
  const settings = settingsOrExit(service, specs);
  const { log, end } = openLog(service.role, settings);
  const { stopping, graceOver } = stopOnSignals(log);

  const health = new Health(process.env['HEALTH_FILE']);
  const work = service.work({ settings, log, health, stopping }).then(
    () => 0,
    (error: unknown) => {
      if (!(error instanceof NetworkError)) throw error;
      log.error({ event: 'failed' }, error.message);
      return stopping.aborted ? 0 : 1;
    },
  );
  const exitCode = await Promise.race([work, graceOver]);
  await end();
  process.exit(exitCode);
}

/** Waits for the end of a server that listens, and stops it when the service is told to. */
export async function serve(
  server: { readonly ended: Promise<void>; stop(): void },
  { health, stopping }: Pick<Context<Specs>, 'health' | 'stopping'>,
): Promise<void> {
  health.succeeded();
  if (stopping.aborted) server.stop();
  else stopping.addEventListener('abort', () => server.stop(), { once: true });
  await server.ended;
}

function answerArguments(service: Service<Specs>, specs: Specs): void {
  const [argument] = process.argv.slice(2);
  if (argument === undefined) return;
  if (argument !== '--help' && argument !== '-h') {
    console.error(
      `${service.role}: unknown argument ${JSON.stringify(argument)}; settings come from the environment, see --help`,
    );
    process.exit(2);
  }
  console.log(`${service.role}: ${service.summary}

Settings, from the environment, with their defaults:
${settingsTable(specs)}

Exit codes: 0 done, 1 the network failed, 2 bad settings`);
  process.exit(0);
}

function settingsOrExit<S extends Specs>(
  { role, check }: Service<S>,
  specs: S & typeof logSettings,
): Settings<S & typeof logSettings> {
  try {
    const settings = readSettings(specs, process.env);
    check?.(settings);
    return settings;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const line of error.message.split('\n')) console.error(`${role}: ${line}`);
    process.exit(2);
  }
}

function stopOnSignals(log: Log): { stopping: AbortSignal; graceOver: Promise<number> } {
  const stop = new AbortController();
  const graceOver = Promise.withResolvers<number>();
  const onSignal = async (signal: NodeJS.Signals) => {
    if (stop.signal.aborted) return graceOver.resolve(0);
    log.info({ event: 'stopping', signal }, `stopping on ${signal}, after what is open`);
    stop.abort();
    await sleep(GRACE_MS);
    log.warn({ event: 'cut-off' }, `cut off what was still open after ${GRACE_MS} ms`);
    graceOver.resolve(0);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return { stopping: stop.signal, graceOver: graceOver.promise };
}
