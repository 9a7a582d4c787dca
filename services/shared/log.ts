/**
 * The log of a service, one event a line.
 *
 *     log.info({ event, … }, sentence) ──▶ EventBudget ──▶ json or pretty ──▶ Output ──▶ standard output
 *
 * It never slows the service down: more than 100 events a second are summed up, and nothing waits for a reader. It is ours, as
 * to load a logging library would be a third of a service's start.
 */
import { styleText } from 'node:util';
import { EventBudget, type Level } from './event-budget.ts';
import { Output } from './output.ts';
import { choice, type Settings } from './settings.ts';

/** From the least severe on; a service has no events of some, and nothing is `silent`. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const FORMATS = ['json', 'pretty'] as const;

export const logSettings = {
  LOG_FORMAT: choice(FORMATS, {
    default: 'json',
    desc: 'one JSON object or one sentence a line',
  }),
  LOG_LEVEL: choice(LEVELS, {
    default: 'info',
    desc: 'the least severe events that are logged',
  }),
};

/** Logs an event: its fields, and what happened in a sentence, which need not be made for an event that is summed up. */
type Write = (fields: Fields, sentence: string | (() => string)) => void;

export interface Fields {
  readonly event: string;
  readonly [field: string]: unknown;
}

export type Log = Readonly<Record<Level, Write>>;

interface Line {
  readonly level: Level;
  readonly fields: Fields;
  readonly sentence: string;
}

/** A log, and the way to have all of it written before the process ends. */
export interface OpenLog {
  readonly log: Log;
  end(): Promise<void>;
}

export function openLog(role: string, settings: Settings<typeof logSettings>): OpenLog {
  const output = new Output(process.stdout);
  const format = settings.LOG_FORMAT === 'pretty' ? asSentence : (line: Line) => asJson(line, role);
  const least = LEVELS.indexOf(settings.LOG_LEVEL);
  const write = (line: Line) => {
    if (LEVELS.indexOf(line.level) >= least) output.write(format(line));
  };
  const budget = new EventBudget(({ counts, level, sentence }) =>
    write({ level, fields: { event: 'summary', counts }, sentence }),
  );
  const at = (level: Level): Write => {
    if (LEVELS.indexOf(level) < least) return () => undefined;
    return (fields, sentence) => {
      if (output.broken || !budget.admits(fields.event, level)) return;
      write({ level, fields, sentence: typeof sentence === 'string' ? sentence : sentence() });
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

function asJson({ level, fields, sentence }: Line, role: string): string {
  return `${JSON.stringify({ level, time: timeNow(), role, ...fields, msg: sentence })}\n`;
}

const COLOURS = { info: 'reset', warn: 'yellow', error: 'red' } as const;

/** The level only where it says something, so that most sentences fit a line of a terminal. */
function asSentence({ level, sentence }: Line): string {
  const words = level === 'info' ? sentence : `${level}: ${sentence}`;
  const line = `${timeNow().slice(11, 23)} ${words}\n`;
  return process.stdout.isTTY ? styleText(COLOURS[level], line, { validateStream: false }) : line;
}

/** RFC 3339, with nanoseconds, as all other events of a lab have. */
function timeNow(): string {
  const nowMs = performance.timeOrigin + performance.now();
  const fractionNs = Math.floor((nowMs % 1) * 1e6);
  return `${new Date(nowMs).toISOString().slice(0, -1)}${String(fractionNs).padStart(6, '0')}Z`;
}
