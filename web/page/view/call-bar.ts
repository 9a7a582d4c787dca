import { nothing, svg, type TemplateResult } from 'lit-html';
import { titleOf } from '../../../lab/explain/title.ts';
import { isFailure } from '../../../lab/model/call-facts.ts';
import type { CallStep } from '../../../lab/timeline/step.ts';
import { isLast } from '../layout/columns.ts';
import { label } from '../layout/label.ts';
import type { Placed } from '../layout/layout.ts';
import { CHAR_PX } from './metrics.ts';
import type { Row } from './row.ts';
import { withHost } from './step-words.ts';

const BAR_PX = 8;
/** A call that returns at once can be seen, too. */
const MIN_PX = 8;

/** A bar in the lane of its host, as long as the call took; one that waits grows with the diagram. */
export function callBar(
  step: CallStep,
  { y, endY, slot }: Placed,
  { picture: { columns }, height }: Row,
): TemplateResult | typeof nothing {
  const { call, host } = step;
  const x = columns.x(host);
  if (x === undefined) return nothing;
  const isWaiting = call.stage === 'waiting';
  const left = x - BAR_PX / 2 + slot * (BAR_PX - 2);
  const length = Math.max(MIN_PX, (isWaiting ? height : (endY ?? y)) - y);
  const isLastColumn = isLast(x, columns);
  const words = label(withHost(titleOf(step), host, columns), {
    x: isLastColumn ? x - BAR_PX - 4 : left + BAR_PX + 6,
    otherX: isLastColumn ? left + BAR_PX + 6 : x - BAR_PX - 4,
    goesRight: !isLastColumn,
    left: columns.left,
    right: columns.right,
    charPx: CHAR_PX,
  });
  const failed = isFailure(call) ? 'failed' : '';
  const classes = `bar ${isWaiting ? 'waiting' : ''} ${failed}`;
  return svg`
    <rect class=${classes} x=${left} y=${y - 4} width=${BAR_PX} height=${length} rx="2" />
    <text class="label ${failed}" x=${words.x} y=${y + 4} text-anchor=${words.anchor}>
      ${words.text}
    </text>
  `;
}
