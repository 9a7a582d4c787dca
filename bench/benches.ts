/** The exit code of a benchmark that has measured, and found its target missed. */
export const TARGET_MISSED = 3;

/** All measurements, how long each takes, and in CI a short form that only shows that they still measure. */
interface Bench {
  readonly name: string;
  /** Options of Node. */
  readonly flags?: readonly string[];
  readonly whole: readonly string[];
  readonly short: readonly string[];
  /** What it prints, when it has measured something. */
  readonly figure: RegExp;
  /** What it cannot do without. */
  readonly needs?: 'root' | 'Docker' | 'Chromium';
}

export const benches: readonly Bench[] = [
  {
    name: 'decode',
    whole: ['5'],
    short: ['0.2'],
    figure: /\d packets a second read and decoded/,
  },
  {
    name: 'timeline',
    flags: ['--expose-gc'],
    whole: ['1000000'],
    short: ['20000'],
    figure: /With a renderer and a terminal: [\d,]+ events a second/,
  },
  {
    name: 'wire',
    flags: ['--experimental-ffi'],
    whole: ['all'],
    short: ['short'],
    figure: /idle: loss 0 %/,
    needs: 'root',
  },
  {
    name: 'trace',
    whole: ['10'],
    short: ['0.3'],
    figure: /from its start' │ \d/,
    needs: 'Docker',
  },
  {
    name: 'hosts',
    whole: ['60', '3', '100'],
    short: ['2', '1', '1'],
    figure: /1 TCP and 1 UDP clients: up after \d/,
    needs: 'Docker',
  },
  {
    name: 'start',
    whole: ['4', '5'],
    short: ['2', '1'],
    figure: /heal the last fault' +│ \d/,
    needs: 'Docker',
  },
  {
    name: 'page',
    whole: ['500', '20'],
    short: ['100', '2'],
    figure: /event to screen: p95 \d+ ms/,
    needs: 'Chromium',
  },
];

/** The command of a measurement, for the Node that runs this. */
export function commandOf({ name, flags = [] }: Bench, args: readonly string[]): string[] {
  const quiet = '--disable-warning=ExperimentalWarning';
  return [process.execPath, quiet, ...flags, `${import.meta.dirname}/${name}.ts`, ...args];
}
