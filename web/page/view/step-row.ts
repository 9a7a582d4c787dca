import { nothing, svg, type TemplateResult } from 'lit-html';
import { sinceStart } from '../format.ts';
import { ROW_PX } from '../layout/axis.ts';
import type { Placed } from '../layout/layout.ts';
import { callBar } from './call-bar.ts';
import { colourOf } from './colours.ts';
import { faultLine, hostMark, logLine } from './marks.ts';
import { packetArrow } from './packet-arrow.ts';
import type { Row } from './row.ts';
import { stepName } from './step-words.ts';

/** One step of the diagram: its mark, its label, its time, and the row to click on. */
export function stepRow(placed: Placed, row: Row): TemplateResult {
  const { step, y, startMs, sharesRow } = placed;
  const { columns } = row.picture;
  const wrong = row.wrong.get(step.id);
  const isSelected = row.selected === step.id;
  const classes = ['step', step.kind, colourOf(step)];
  if (row.related.has(step.id)) classes.push('related');
  if (wrong) classes.push('wrong');
  const time = columns.left > 40 && !sharesRow ? sinceStart(startMs) : nothing;
  const x = sharesRow ? (columns.x(step.host) ?? 0) - columns.width / 2 : 0;
  return svg`
    <text class="time" aria-hidden="true" x=${columns.left - 14} y=${y + 4} text-anchor="end">${time}</text>
    <g
      class=${classes.join(' ')}
      id="step-${step.id}"
      data-at-ns=${step.atNs}
      role="option"
      aria-selected=${isSelected}
      aria-label=${stepName(step, columns, wrong && hereWords(wrong))}
      @click=${() => row.select(step.id)}
    >
      <rect class="row" x=${x} y=${y - ROW_PX / 2 - 2} width=${columns.right - x} height=${ROW_PX} />
      ${mark(placed, row)}
      ${wrong ? wrongMark(wrong, columns.right, y) : nothing}
    </g>
  `;
}

const hereWords = (checks: string) => `here it went wrong (${checks})`;

/** Below the step, at the edge, where no other words begin. */
function wrongMark(checks: string, right: number, y: number): TemplateResult {
  return svg`
    <text class="here" data-testid="here" aria-hidden="true" x=${right - 8} y=${y + 17} text-anchor="end">
      ${hereWords(checks)}
    </text>
  `;
}

function mark(placed: Placed, row: Row): TemplateResult | typeof nothing {
  const { step } = placed;
  switch (step.kind) {
    case 'packet':
      return packetArrow(step, placed, row);
    case 'call':
      return callBar(step, placed, row);
    case 'log':
      return logLine(step, placed, row);
    case 'fault':
      return faultLine(step, placed, row);
    case 'host':
      return hostMark(step, placed, row);
  }
}
