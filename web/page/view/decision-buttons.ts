import { html, nothing, type TemplateResult } from 'lit-html';
import type { HeldMessage } from '../../messages.ts';
import type { App } from '../app.ts';
import { KEYS } from '../decisions.ts';
import { keyHint } from './keys-menu.ts';

/** What can become of a held packet. Keys are for the one that has waited longest. */
export function decisionButtons({ number }: HeldMessage, app: App): TemplateResult {
  const hasKeys = app.held?.packets[0]?.number === number;
  return html`
    <div class="decisions" role="group" aria-label="Decision">
      ${KEYS.map(
        ({ key, name, decision }) => html`
          <button ?disabled=${!app.canAct} @click=${() => app.controls.decide(decision(number))}>
            ${name}${hasKeys ? keyHint(key, app) : nothing}
          </button>
        `,
      )}
    </div>
  `;
}
