/**
 * The log of a service: pino, one event a line.
 *
 *     log.info({ event, … }, sentence) ──▶ EventBudget ──▶ pino ──▶ json or pretty ──▶ Output ──▶ standard output
 *
 * It never slows the service down: beyond LOG_RATE events are summed up, and nothing waits for a reader.
 */
import { styleText } from 'node:util';
import pino from 'pino';
import { EventBudget, type Level } from './event-budget.ts';
import { Output } from './output.ts';
import { choice, type Settings, wholeNumber } from './settings.ts';

/** Those of pino, from the least severe on; a service has no events of some, and nothing is `silent`. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const FORMATS = ['json', 'pretty'] as const;

export const logSettings = {
  LOG_FORMAT: choice(FORMATS, {
    default: 'json',
    desc: 'one JSON object or one sentence per line',
  }),
  LOG_LEVEL: choice(LEVELS, {
    default: 'info',
    desc: 'the least severe events that are logged',
  }),
  LOG_RATE: wholeNumber({
    default: 100,
    min: 1,
    max: 1_000_000,
    desc: 'events per second logged one by one; the rest are summed up',
  }),
};

/**
 * Logs an event: its fields, and what happened in a sentence, which need not be made for an event that is summed up.
 *
 * @param received what a client is there to receive, printed unchanged on a line of its own. Not where a person reads it: a peer's
 * bytes can drive a terminal (CWE-150), and the sentence has them escaped.
 */
type Write = (fields: Fields, sentence: string | (() => string), received?: Uint8Array) => void;

export interface Fields {
  readonly event: string;
  readonly [field: string]: unknown;
}

export type Log = Readonly<Record<Level, Write>>;

/** A log, and the way to have all of it written before the process ends. */
interface OpenLog {
  readonly log: Log;
  end(): Promise<void>;
}

export function openLog(role: string, settings: Settings<typeof logSettings>): OpenLog {
  const output = new Output(process.stdout);
  const pretty = (line: string) => output.write(asSentence(JSON.parse(line)));
  const json = (line: string) => output.write(line);
  const logger = pino(
    {
      base: { role },
      level: settings.LOG_LEVEL,
      timestamp: pino.stdTimeFunctions.isoTimeNano,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: settings.LOG_FORMAT === 'pretty' ? pretty : json },
  );
  const printsReceived = settings.LOG_FORMAT === 'json' && !process.stdout.isTTY;
  const budget = new EventBudget(settings.LOG_RATE, ({ counts, level, sentence }) =>
    logger[level]({ event: 'summary', counts }, sentence),
  );
  const at = (level: Level): Write => {
    if (!logger.isLevelEnabled(level)) return () => undefined;
    return (fields, sentence, received) => {
      if (output.broken || !budget.admits(fields.event, level)) return;
      logger[level](fields, typeof sentence === 'string' ? sentence : sentence());
      if (received && printsReceived) output.write(Buffer.concat([received, NEWLINE]));
    };
  };
  return {
    log: { info: at('info'), warn: at('warn'), error: at('error') },
    end: async () => {
      budget.close();
      await output.end();
    },
  };
}

const NEWLINE = Buffer.from('\n');

/** Of what pino writes as JSON, what the pretty format shows. */
interface Line {
  readonly level: Level;
  readonly time: string;
  readonly msg: string;
}

const COLOURS = { info: 'reset', warn: 'yellow', error: 'red' } as const;

/** The level only where it says something, so that most sentences fit a line of a terminal. */
function asSentence({ level, time, msg }: Line): string {
  const words = level === 'info' ? msg : `${level}: ${msg}`;
  const line = `${time.slice(11, 23)} ${words}\n`;
  return process.stdout.isTTY ? styleText(COLOURS[level], line, { validateStream: false }) : line;
}
