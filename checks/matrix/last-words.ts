import type { Output } from '../program/output.ts';

/** As much as is read at a glance, in characters. */
const LENGTH_MAX = 120;

/**
 * The last line that a program has printed, to standard error where it has printed there, shortened between two words.
 *
 * @returns of a structured log the message alone; '' when nothing was printed
 */
export function lastWords({ stdout, stderr }: Output): string {
  const printed = (stderr.length > 0 ? stderr : stdout).toString().trimEnd();
  const line = printed.slice(printed.lastIndexOf('\n') + 1).trim();
  return shortened(messageOf(line) ?? line);
}

/** As of pino, bunyan, zap, slog and structlog. */
function messageOf(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { msg, message } = JSON.parse(line);
    return [msg, message].find((one) => typeof one === 'string');
  } catch {
    return undefined;
  }
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  if (line.length <= LENGTH_MAX) return line;
  const end = line.lastIndexOf(' ', LENGTH_MAX);
  return `${line.slice(0, end > 0 ? end : LENGTH_MAX)} …`;
}
