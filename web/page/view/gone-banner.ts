import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../app.ts';

/** Says what brings a server back that has gone. */
export function goneBanner({ connection, command }: App): TemplateResult | typeof nothing {
  if (connection !== 'gone') return nothing;
  const again = command ? html`Start it again: <code>${command}</code>` : 'Start it again';
  return html`
    <p class="banner" role="alert" data-testid="gone">
      The server of this page does not answer, so nothing new is shown, and nothing can be done to the lab.
      ${again}, and open the address that it prints.
    </p>
  `;
}
