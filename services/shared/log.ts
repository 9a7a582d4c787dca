/**
 * The log of a service: pino, one event a line.
 *
 *     log.info({ event, … }, sentence) ──▶ EventBudget ──▶ json or pretty ──▶ standard output
 *
 * It never slows the service down: writing is asynchronous, what a stuck reader does not take is dropped beyond 1 MiB,
 * and more than 100 events a second are summed up.
 */
import pino, { type Logger } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { EventBudget } from './event-budget.ts';
import { choice, type Settings } from './settings.ts';

export const logSettings = {
  LOG_FORMAT: choice(['json', 'pretty'], {
    default: 'json',
    desc: 'one JSON object or one sentence a line',
  }),
  LOG_LEVEL: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'info',
    desc: 'the least severe events that are logged',
  }),
};

export type Log = Logger;

/** A log, and the way to have all of it written before the process ends: nothing can be logged after it. */
export interface OpenLog {
  readonly log: Log;
  end(): Promise<void>;
}

/** pino's number of the level `warn`. */
const WARN_LEVEL = 40;
const FLUSH_DEADLINE_MS = 500;
const PENDING_BYTES_MAX = 1024 * 1024;

export function openLog(role: string, settings: Settings<typeof logSettings>): OpenLog {
  const output = pino.destination({ fd: 1, sync: false, maxLength: PENDING_BYTES_MAX });
  const budget = new EventBudget(({ counts, level, sentence }) => {
    const severity = level >= WARN_LEVEL ? 'warn' : 'info';
    log[severity]({ event: 'summary', counts }, sentence);
  });
  const log = pino(
    {
      base: { role },
      level: settings.LOG_LEVEL,
      timestamp: pino.stdTimeFunctions.isoTimeNano,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method, level) {
          if (budget.admits(args[0], level)) method.apply(this, args);
        },
      },
    },
    settings.LOG_FORMAT === 'pretty' ? asSentences(output) : output,
  );
  // A full disk, say: the service goes on without its log, which pino would else try to write for ever.
  let writable = true;
  output.on('error', () => {
    writable = false;
    log.level = 'silent';
    output.destroy();
  });
  return {
    log,
    end: async () => {
      budget.close();
      if (writable) await written(output);
    },
  };
}

type Output = ReturnType<typeof pino.destination>;

function asSentences(output: Output): pino.DestinationStream {
  const format = prettyFactory({
    colorize: process.stdout.isTTY,
    hideObject: true,
    ignore: 'pid,hostname,level,time',
    // The level only where it says something, so that most sentences fit a line of a terminal.
    messageFormat: ({ time, level, msg }) =>
      `${String(time).slice(11, 23)} ${level === 'info' ? '' : `${level}: `}${msg}`,
  });
  return {
    write: (line) => {
      output.write(format(line) ?? '');
    },
  };
}

function written(output: Output): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      output.destroy(); // else pino writes the rest at exit, however long the reader takes
      resolve();
    }, FLUSH_DEADLINE_MS);
    output.once('close', () => resolve());
    output.end();
  });
}
