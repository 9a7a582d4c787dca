import { nothing, svg, type TemplateResult } from 'lit-html';
import { titleOf } from '../../../lab/explain/title.ts';
import type { PacketStep } from '../../../lab/timeline/step.ts';
import { label } from '../layout/label.ts';
import type { Placed } from '../layout/layout.ts';
import { CHAR_PX } from './metrics.ts';
import type { Row } from './row.ts';
import { packetWordsIn } from './step-words.ts';

/** How far an arrow goes whose packet did not arrive, as a share of the way. */
const REACH = { lost: 0.62, held: 0.78, 'in-flight': 0.5 } as const;
const LANE_PX = 5;
const UNFINISHED_PX = 9;
/** A longer arrow would cross all that happened meanwhile: only its two ends are drawn. */
const LONG_PX = 150;
/** How far each of them reaches, as a share of the way. */
const STUB = 0.28;

/** An arrow from lane to lane, which slopes with the time that the packet took. */
export function packetArrow(
  step: PacketStep,
  { y, endY }: Placed,
  row: Row,
): TemplateResult | typeof nothing {
  const { columns } = row.picture;
  const [fromX, toX] = [columns.x(step.from), columns.x(step.to)];
  if (fromX === undefined || toX === undefined) return nothing;
  const direction = toX === fromX ? 0 : Math.sign(toX - fromX);
  const x1 = fromX + direction * LANE_PX;
  const whole = { x: toX - direction * LANE_PX, y: endY ?? y + UNFINISHED_PX };
  const reach = reachOf(step);
  const x2 = x1 + (whole.x - x1) * reach;
  const y2 = step.delivery === 'lost' ? Math.max(whole.y, y + 4) : whole.y;
  const again = step.isRetransmission ? '↻ ' : '';
  const words = label(`${again}${packetWordsIn(step, columns)}`, {
    x: x1 + direction * 7,
    otherX: whole.x - direction * 7,
    goesRight: direction >= 0,
    // To the left a label stays between the lanes, or it turns: so labels of both directions begin at one edge.
    left: direction < 0 ? whole.x : columns.left,
    right: columns.right,
    charPx: CHAR_PX,
  });
  const lines = linesOf({ x1, y1: y, x2, y2 });
  const last = lines[1] ?? lines[0];
  return svg`
    ${lines.map(
      (line) => svg`
        <line class="touch" x1=${line.x1} y1=${line.y1} x2=${line.x2} y2=${line.y2} />
        <line class="arrow ${classOf(step)}" x1=${line.x1} y1=${line.y1} x2=${line.x2} y2=${line.y2} />
      `,
    )}
    ${lines.length > 1 ? arrivalWords(step, last) : nothing}
    ${end(step, { x: x2, y: y2, angle: Math.atan2(y2 - last.y1, x2 - last.x1) })}
    <text class="label" x=${words.x} y=${y - 5} text-anchor=${words.anchor}>${words.text}</text>
  `;
}

interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** The whole line; or how it leaves, and how it arrives. */
function linesOf(line: Line): readonly [Line, ...Line[]] {
  const { x1, y1, x2, y2 } = line;
  if (y2 - y1 < LONG_PX) return [line];
  const reach = (x2 - x1) * STUB;
  return [
    { x1, y1, x2: x1 + reach, y2: y1 + UNFINISHED_PX },
    { x1: x2 - reach, y1: y2 - UNFINISHED_PX, x2, y2 },
  ];
}

/** Far from where it left, it is named again. */
function arrivalWords(step: PacketStep, { x1, y1, x2 }: Line): TemplateResult {
  const anchor = x2 > x1 ? 'end' : 'start';
  return svg`<text class="label arrival" data-testid="arrival" x=${x1 - Math.sign(x2 - x1) * 6} y=${y1 + 4} text-anchor=${anchor}>${titleOf(step)}</text>`;
}

function reachOf({ delivery, fates }: PacketStep): number {
  if (delivery === 'lost') return REACH.lost;
  if (delivery !== 'in-flight') return 1;
  return fates.at(-1)?.fate === 'held' ? REACH.held : REACH['in-flight'];
}

function classOf({ delivery, isRetransmission }: PacketStep): string {
  const again = isRetransmission ? ' again' : '';
  return `${delivery}${again}`;
}

interface End {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

function end(step: PacketStep, { x, y, angle }: End): TemplateResult | typeof nothing {
  if (step.delivery === 'lost' || step.isDropped) {
    return svg`<path class="cross" data-testid="cross" d="M ${x - 6} ${y - 6} l 12 12 m 0 -12 l -12 12" />`;
  }
  if (step.delivery === 'in-flight') {
    if (step.fates.at(-1)?.fate !== 'held') return nothing;
    return svg`
      <g class="held" data-testid="held-mark">
        <circle cx=${x} cy=${y} r="9" />
        <path d="M ${x - 3} ${y - 4} v 8 m 6 -8 v 8" />
      </g>
    `;
  }
  const degrees = (angle * 180) / Math.PI;
  return svg`
    <path
      class="tip ${step.delivery}"
      d="M 0 0 l -9 -4.5 v 9 z"
      transform="translate(${x} ${y}) rotate(${degrees})"
    />
  `;
}
