import { nothing, svg, type TemplateResult } from 'lit-html';
import { faultLabel } from '../../../lab/explain/faults/fault-text.ts';
import { titleOf } from '../../../lab/explain/title.ts';
import type { FaultStep, HostStep, LogStep } from '../../../lab/timeline/step.ts';
import { isLast } from '../layout/columns.ts';
import { clip, label } from '../layout/label.ts';
import type { Placed } from '../layout/layout.ts';
import { CHAR_PX } from './metrics.ts';
import type { Row } from './row.ts';
import { withHost } from './step-words.ts';

/** In narrower columns the states of two neighbours would meet. */
const WORDS_PX = 120;

type Mark = TemplateResult | typeof nothing;

/** A line that a host logged, beside its lane. */
export function logLine(step: LogStep, { y }: Placed, { picture }: Row): Mark {
  const { host } = step;
  return beside({ host, text: titleOf(step), y, shape: 'M -3 -4 l 6 4 l -6 4' }, picture.columns);
}

/** A host that has come, gone or changed. */
export function hostMark({ host, state }: HostStep, placed: Placed, { picture }: Row): Mark {
  const { y, sharesRow } = placed;
  const { width, others } = picture.columns;
  // Of those that share a column and a row, too, the words would lie on each other.
  const hasRoom = others.has(host) ? !sharesRow : width >= WORDS_PX;
  const text = hasRoom ? state.state : '';
  return beside({ host, text, y, shape: 'M 0 -5 l 5 5 l -5 5 l -5 -5 z' }, picture.columns);
}

/** A fault that began or ended: from then on all is different, so the line goes across. */
export function faultLine(step: FaultStep, { y }: Placed, { picture }: Row): Mark {
  const { left, right } = picture.columns;
  const text = clip(faultLabel(step.fault), right - left - 32, CHAR_PX);
  return svg`
    <line class="across" x1=${left} x2=${right} y1=${y} y2=${y} />
    <rect class="tag" x=${left + 4} y=${y - 10} width=${text.length * CHAR_PX + 16} height="20" rx="3" />
    <text class="label" x=${left + 12} y=${y + 4}>${text}</text>
  `;
}

interface Beside {
  readonly host: string;
  readonly text: string;
  readonly y: number;
  /** A path around the lane. */
  readonly shape: string;
}

function beside({ host, text, y, shape }: Beside, columns: Row['picture']['columns']): Mark {
  const x = columns.x(host);
  if (x === undefined) return nothing;
  const isAtEnd = isLast(x, columns);
  const words = label(text && withHost(text, host, columns), {
    x: isAtEnd ? x - 12 : x + 12,
    otherX: isAtEnd ? x + 12 : x - 12,
    goesRight: !isAtEnd,
    left: columns.left,
    right: columns.right,
    charPx: CHAR_PX,
  });
  return svg`
    <path class="mark" d=${shape} transform="translate(${x} ${y})" />
    <text class="label" x=${words.x} y=${y + 4} text-anchor=${words.anchor}>${words.text}</text>
  `;
}
