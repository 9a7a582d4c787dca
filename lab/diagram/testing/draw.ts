import type { Step } from '../../timeline/step.ts';
import { Diagram, type DiagramOptions } from '../diagram.ts';
import { UNICODE } from '../symbols.ts';

interface DrawOptions extends Partial<DiagramOptions> {
  readonly width?: number;
  readonly height?: number;
}

/** A diagram without colours. */
export function newDiagram({ width = 80, height, ...options }: DrawOptions = {}): Diagram {
  return new Diagram({
    size: () => ({ width, height }),
    symbols: UNICODE,
    paint: (text) => text,
    ...options,
  });
}

/** All lines of a diagram. */
export function draw(steps: readonly Step[], options?: DrawOptions): string[] {
  const diagram = newDiagram(options);
  return [...diagram.add(steps), ...diagram.flush()];
}

/** As lines of a test are written. */
export function drawn(steps: readonly Step[], options?: DrawOptions): string {
  return `\n${draw(steps, options).join('\n')}\n`;
}
