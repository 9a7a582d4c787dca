import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../app.ts';
import { KEYS } from '../decisions.ts';
import { closeOnEscape, closeWhenLeft } from './menu.ts';

/** What each key does, and the switch for those that are easily pressed by mistake. */
export function keysMenu(app: App): TemplateResult {
  const flip = ({ target }: Event) => {
    app.singleKeys.isOn = (target as HTMLInputElement).checked;
    app.redraw();
  };
  return html`
    <details class="menu keys" @focusout=${closeWhenLeft} @keydown=${closeOnEscape}>
      <summary class="button">Keys</summary>
      <div class="sheet">
        <label class="check">
          <input type="checkbox" data-testid="single-keys" .checked=${app.singleKeys.isOn} @change=${flip}>
          Use single keys
        </label>
        <dl>
          <dt><kbd>p</kbd></dt><dd>Pause and resume</dd>
        </dl>
        ${app.isOfLab ? decisionKeys() : nothing}
        <p class="hint">In the diagram</p>
        <dl>
          <dt><kbd>↑</kbd> <kbd>↓</kbd></dt><dd>From step to step</dd>
          <dt><kbd>←</kbd> <kbd>→</kbd></dt><dd>To its cause, to its effect</dd>
          <dt><kbd>Enter</kbd></dt><dd>To its details; back with <kbd>Esc</kbd></dd>
        </dl>
      </div>
    </details>
  `;
}

function decisionKeys(): TemplateResult {
  return html`
    <p class="hint">For the held packet that has waited longest</p>
    <dl>
      ${KEYS.map(({ key, name }) => html`<dt><kbd>${key}</kbd></dt><dd>${name}</dd>`)}
    </dl>
  `;
}

/** The key of a button, while it does something. */
export function keyHint(key: string, { singleKeys }: App): TemplateResult | typeof nothing {
  return singleKeys.isOn ? html` <kbd>${key}</kbd>` : nothing;
}
