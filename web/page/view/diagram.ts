import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { duration } from '../../../lab/util/duration.ts';
import type { App } from '../app.ts';
import { onKey } from '../keyboard.ts';
import type { Gap } from '../layout/axis.ts';
import { diagramHeight, type Placed, visible } from '../layout/layout.ts';
import type { Picture } from '../picture.ts';
import { wrongSteps } from '../show-report.ts';
import { stepRow } from './step-row.ts';

/** What is drawn beyond the edges, so that scrolling does not show empty rows. */
const OVERSCAN_PX = 300;

/** The sequence diagram. Only what can be seen is in the document, however many steps are kept. */
export function diagram(app: App): TemplateResult {
  const { picture, view, selected } = app;
  const height = diagramHeight(picture.layout, view.height);
  // A list box needs an option.
  const isEmpty = picture.layout.placed.length === 0;
  const isShown = selected !== undefined && picture.layout.indexOf.has(selected);
  const [top, bottom] = [view.top - OVERSCAN_PX, view.top + view.height + OVERSCAN_PX];
  return html`
    <div
      class="diagram"
      id="diagram"
      tabindex="0"
      role=${isEmpty ? 'group' : 'listbox'}
      aria-label="Sequence diagram: the steps in time order"
      aria-activedescendant=${isShown ? `step-${selected}` : nothing}
      @keydown=${(event: KeyboardEvent) => onKey(app, event)}
    >
      ${isEmpty ? html`<p class="empty">${emptyWords(app)}</p>` : nothing}
      <svg role="none" width=${view.width} height=${height} data-testid="diagram">
        ${drawing(app, picture, { placed: visible(picture.layout, { top, bottom, selected }), top, bottom, height })}
      </svg>
    </div>
  `;
}

interface Section {
  readonly placed: readonly Placed[];
  readonly top: number;
  readonly bottom: number;
  /** Of the whole diagram. */
  readonly height: number;
}

/** What is in a picture between two heights. */
export function drawing(
  app: App,
  picture: Picture,
  { placed, top, bottom, height }: Section,
): TemplateResult {
  const { selected, selectedStep } = app;
  const related = new Set(selectedStep?.links.map(({ to }) => to.id));
  const wrong = wrongSteps(app);
  const select = (id: number) => app.select(id);
  const row = { picture, height, related, selected, wrong, select };
  return svg`
    ${lifelines(picture, Math.max(top, 0), Math.min(bottom, height))}
    ${picture.layout.gaps.filter(({ y }) => y >= top && y <= bottom).map((gap) => gapMark(gap, picture))}
    ${repeat(
      placed,
      ({ step }) => step.id,
      (one) => stepRow(one, row),
    )}
  `;
}

function lifelines({ columns }: Picture, top: number, bottom: number): TemplateResult[] {
  const lines = columns.names.map((name) => ({ x: columns.x(name), of: 'one' }));
  if (columns.othersX !== undefined) lines.push({ x: columns.othersX, of: 'others' });
  return lines.map(
    ({ x, of }) => svg`<line class="lifeline ${of}" x1=${x} x2=${x} y1=${top} y2=${bottom} />`,
  );
}

function gapMark({ y, ms }: Gap, { columns }: Picture): TemplateResult {
  const middle = (columns.left + columns.right) / 2;
  return svg`
    <g class="gap" aria-hidden="true">
      <rect x="0" y=${y - 9} width=${columns.right} height="18" />
      <text x=${middle} y=${y + 4} text-anchor="middle">${duration(ms * 1e6)} later</text>
    </g>
  `;
}

function emptyWords({ connection, allSteps }: App): string {
  if (allSteps.length > 0) return 'No step matches the filter';
  return connection === 'ended' ? 'This recording has no events' : 'Waiting for the first packet';
}
