/** Packets that move on the map. They are drawn apart from the page, as they move with every frame, and it does not. */
import { nothing, render, svg, type TemplateResult } from 'lit-html';
import { isFated } from '../../../lab/timeline/step.ts';
import type { App } from '../app.ts';
import type { Dot } from '../flights.ts';
import type { Picture } from '../picture.ts';
import { arcPoint } from './arc.ts';
import { colourOf } from './colours.ts';

/** How far a packet gets that is lost, and one that is held: shortly before the host that it is for. */
const LOST_AT = 0.6;
const HELD_AT = 0.76;
/** The eye follows 20 frames a second, at a third of the cost of 60. */
const FRAME_MS = 50;

let isMoving = false;

/** Moves the packets that are under way, until none is. To be called when the page has been drawn. */
export function moveDots(app: App): void {
  if (isMoving || !app.flights.isAny) return;
  isMoving = true;
  const frame = () => {
    const dots = app.flights.dots(performance.now());
    const layer = document.getElementById('dots');
    if (layer)
      render(
        dots.map((dot) => dotView(dot, app.picture)),
        layer,
      );
    isMoving = dots.length > 0;
    if (isMoving) setTimeout(() => requestAnimationFrame(frame), FRAME_MS);
  };
  requestAnimationFrame(frame);
}

function dotView(
  { step, share }: Dot,
  { columns, layout }: Picture,
): TemplateResult | typeof nothing {
  const [from, to] = [columns.x(step.from), columns.x(step.to)];
  // What is not in the diagram does not move on the map, either.
  if (share <= 0 || from === undefined || to === undefined || !layout.indexOf.has(step.id))
    return nothing;
  const stop = step.delivery === 'lost' ? LOST_AT : isFated(step, 'held') ? HELD_AT : 1;
  const t = Math.min(ease(share), stop);
  const { x, y } = arcPoint(from, to, t);
  if (step.delivery === 'lost' && t === LOST_AT) {
    return svg`<path class="cross" d="M ${x - 5} ${y - 5} l 10 10 m 0 -10 l -10 10" />`;
  }
  return svg`<circle class="dot ${colourOf(step)}" cx=${x} cy=${y} r="4.5" />`;
}

function ease(share: number): number {
  return share < 0.5 ? 2 * share ** 2 : 1 - (-2 * share + 2) ** 2 / 2;
}
