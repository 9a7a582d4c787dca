import { html, type TemplateResult } from 'lit-html';
import type { App } from '../app.ts';

/** A choice among the lab's hosts; `index` is the one that is chosen to begin with. */
export function hostChoice(app: App, name: 'from' | 'to', index: number): TemplateResult {
  return html`
    <label>
      ${name}
      <select name=${name} data-testid=${name}>
        ${app.hostList.map((host, i) => html`<option ?selected=${i === index}>${host}</option>`)}
      </select>
    </label>
  `;
}
