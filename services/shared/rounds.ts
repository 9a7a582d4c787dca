/** What the two clients share: how often they talk, and what a failed round means. */
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from './failure.ts';
import type { Health } from './health.ts';
import type { Log } from './log.ts';
import {
  choice,
  DEFAULT_PORT,
  hostname,
  port,
  type Settings,
  SettingsError,
  wholeNumber,
} from './settings.ts';

/** Settings of a client that talks to the role `server` and waits at most `timeoutMs` for it. */
export function clientSettings(server: string, timeoutMs: number) {
  return {
    SERVER_HOST: hostname({ default: server, desc: 'the server' }),
    SERVER_PORT: port({ default: DEFAULT_PORT, desc: "the server's port" }),
    FAMILY: choice(['any', '4', '6'], {
      default: 'any',
      desc: 'IP version to use, any for IPv4 first',
    }),
    COUNT: wholeNumber({
      min: 0,
      max: 1_000_000,
      default: 1,
      desc: 'number of conversations, 0 for no limit',
    }),
    INTERVAL_MS: wholeNumber({
      min: 0,
      max: 3_600_000,
      default: 1000,
      desc: 'pause between two conversations, in milliseconds',
    }),
    TIMEOUT_MS: wholeNumber({
      min: 1,
      max: 600_000,
      default: timeoutMs,
      desc: 'longest silence of the server, in milliseconds',
    }),
  };
}

export type ClientSettings = Settings<ReturnType<typeof clientSettings>>;

/** @throws {SettingsError} where the server is named by an address of the family that is not wanted. */
export function checkFamily(settings: Pick<ClientSettings, 'FAMILY' | 'SERVER_HOST'>): void {
  const { SERVER_HOST } = settings;
  const [wanted, found] = [familyOf(settings), isIP(SERVER_HOST)];
  if (wanted === 0 || found === 0 || found === wanted) return;
  throw new SettingsError(`FAMILY must be any or ${found} for ${SERVER_HOST}, but is ${wanted}`);
}

/** The value of `FAMILY` as `net` and `dns` want it: 0 for either. */
export function familyOf(settings: Pick<ClientSettings, 'FAMILY'>): 0 | 4 | 6 {
  return settings.FAMILY === 'any' ? 0 : settings.FAMILY === '4' ? 4 : 6;
}

/** Of a name's addresses IPv4 comes first: a server listens on 0.0.0.0 unless it is told otherwise. */
export const ADDRESS_ORDER = 'ipv4first';

export interface Rounds {
  readonly settings: Pick<ClientSettings, 'COUNT' | 'INTERVAL_MS'>;
  readonly log: Log;
  /** Told how each round went. */
  readonly health: Health;
  /** Aborted when the client is told to stop: the round that is open is the last one. */
  readonly stopping: AbortSignal;
  round(): Promise<unknown>;
}

/**
 * Has `COUNT` rounds, `INTERVAL_MS` apart.
 *
 * @throws {NetworkError} of the first round that fails; with `COUNT=0` it is logged, and the next round tried.
 */
export async function haveRounds(rounds: Rounds): Promise<void> {
  const { settings, log, health, stopping, round } = rounds;
  const forEver = settings.COUNT === 0;
  for (let done = 1; !stopping.aborted; done += 1) {
    try {
      await round();
      health.succeeded();
    } catch (error) {
      health.failed();
      if (!(forEver && error instanceof NetworkError)) throw error;
      log.warn({ event: 'failed' }, error.message);
    }
    if (done === settings.COUNT) return;
    await sleep(settings.INTERVAL_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
}
