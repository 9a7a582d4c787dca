import { Diagram, type DiagramOptions } from '../../lab/diagram/diagram.ts';
import { paintFor } from '../../lab/diagram/styles.ts';
import { ASCII, symbolsFor } from '../../lab/diagram/symbols.ts';
import type { Output } from './output.ts';

/** Used where the width is unknown, as in a file. */
const WIDTH_DEFAULT = 80;

export interface DrawOptions extends Pick<DiagramOptions, 'explain' | 'hosts'> {
  readonly ascii?: boolean;
  /** Aborted when nothing more is to be drawn. */
  readonly signal?: AbortSignal;
}

/** Draws steps on standard output as a sequence diagram. */
export function drawSteps({ ascii = false, signal, ...options }: DrawOptions): Output {
  const { stdout, env } = process;
  const diagram = new Diagram({
    ...options,
    size: () => ({
      width: stdout.columns ?? (Number(env['COLUMNS']) || WIDTH_DEFAULT),
      height: stdout.rows,
    }),
    symbols: ascii ? ASCII : symbolsFor(env),
    paint: paintFor(stdout),
  });
  const print = (lines: readonly string[]) => {
    if (lines.length > 0 && !signal?.aborted) stdout.write(`${lines.join('\n')}\n`);
  };
  return {
    steps: (steps) => print(diagram.add(steps)),
    settled: (untilNs) => print(diagram.flush(untilNs)),
    end: () => print(diagram.flush()),
  };
}
