import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../app.ts';
import { kinds } from '../fault-kinds.ts';
import { faultList } from './fault-list.ts';
import { twoHosts } from './host-choice.ts';

/** Begins faults, and lists those that there are. */
export function breakPanel(app: App): TemplateResult {
  return html`
    <section class="breaking" aria-labelledby="breaking">
      <h2 id="breaking">Break the path</h2>
      ${form(app)}
      ${app.controls.trouble ? html`<p class="notice bad" role="alert">${app.controls.trouble}</p>` : nothing}
    </section>
    <section aria-labelledby="faults">
      <h2 id="faults">Faults</h2>
      ${faultList(app)}
    </section>
  `;
}

function form(app: App): TemplateResult {
  const { kind } = app.controls;
  const amount = kinds[kind].amount;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void app.controls.break(new FormData(event.target as HTMLFormElement));
  };
  const choose = ({ target }: Event) => app.controls.choose((target as HTMLSelectElement).value);
  return html`
    <form class="fields" @submit=${submit}>
      <label>
        kind
        <select name="kind" data-testid="kind" @change=${choose}>
          ${Object.entries(kinds).map(
            ([name, { words }]) =>
              html`<option value=${name} ?selected=${name === kind}>${words}</option>`,
          )}
        </select>
      </label>
      ${kind === 'partition' ? twoHosts(app, ['one host', 'the other']) : twoHosts(app)}
      ${
        amount === undefined
          ? nothing
          : html`
            <label>
              ${amount.unit}
              <input type="number" name="amount" data-testid="amount" required min="0" step="any" .value=${String(amount.default)}>
            </label>
          `
      }
      ${
        kind === 'partition'
          ? html`<p class="hint">No packet passes between the two, in either direction.</p>`
          : html`<label class="check"><input type="checkbox" name="both"> both directions</label>`
      }
      <button class="primary" data-testid="break" ?disabled=${!app.canChange}>Break</button>
    </form>
  `;
}
