import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { sentenceOf } from '../../../lab/explain/sentence.ts';
import { titleOf } from '../../../lab/explain/title.ts';
import type { App } from '../app.ts';
import { sinceStart } from '../format.ts';
import { colourOf } from './colours.ts';
import { sentence } from './sentence.ts';

/** As many as are read at a time; the ones before them are a filter away. */
const LATEST = 300;

/** The steps as sentences: the diagram for who reads rather than looks. */
export function stepList(app: App): TemplateResult {
  const { steps } = app.picture;
  const latest = steps
    .slice(-LATEST)
    .map((step) => ({ step, startMs: app.clock.times(step).startMs }))
    .sort((one, other) => one.startMs - other.startMs);
  const before = steps.length - latest.length;
  return html`
    <div class="list" id="list" data-testid="list">
      ${before > 0 ? html`<p class="empty">The latest ${LATEST} of ${steps.length} steps</p>` : nothing}
      <ol>
        ${repeat(
          latest,
          ({ step }) => step.id,
          ({ step, startMs }) => html`
            <li class=${colourOf(step)}>
              <button aria-current=${step.id === app.selected} @click=${() => app.select(step.id)}>
                <time>${sinceStart(startMs)}</time>
                <b>${titleOf(step)}</b>
                <span>${sentence(sentenceOf(step))}</span>
              </button>
            </li>
          `,
        )}
      </ol>
    </div>
  `;
}
