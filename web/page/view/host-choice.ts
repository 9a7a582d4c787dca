import { html, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { App } from '../app.ts';

interface HostChoice {
  readonly name: 'from' | 'to';
  /** Default: the name. */
  readonly label: string | undefined;
  /** The place of the host that is chosen to begin with. */
  readonly first: number;
}

/** A choice among the lab's hosts, which stays the same when others come. */
function hostChoice(app: App, { name, label = name, first }: HostChoice): TemplateResult {
  return html`
    <label>
      ${label}
      <select name=${name} data-testid=${name}>
        ${repeat(
          app.hosts.list,
          (host) => host,
          (host, i) => html`<option ?selected=${i === first}>${host}</option>`,
        )}
      </select>
    </label>
  `;
}

/** The two ends of a path; with labels of their own where it has no direction. */
export function twoHosts(app: App, [from, to] = ['from', 'to']): TemplateResult {
  return html`
    ${hostChoice(app, { name: 'from', label: from, first: 0 })}
    ${hostChoice(app, { name: 'to', label: to, first: 1 })}
  `;
}
