import { html, type TemplateResult } from 'lit-html';
import type { App } from '../app.ts';
import { diagram } from './diagram.ts';
import { filterBar } from './filter-bar.ts';
import { goneBanner } from './gone-banner.ts';
import { map } from './map.ts';
import { panel } from './panel.ts';
import { stepList } from './step-list.ts';
import { topBar } from './top-bar.ts';

/** The whole page. */
export function page(app: App): TemplateResult {
  return html`
    ${topBar(app)}
    <main>
      ${goneBanner(app)}
      <div class="story">
        ${filterBar(app)}
        ${app.isList ? stepList(app) : html`${map(app)}${diagram(app)}`}
      </div>
      ${panel(app)}
    </main>
    <p class="visually-hidden" role="status" aria-live="polite">${app.announcer.words}</p>
  `;
}
