import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { HeldList, HeldMessage } from '../../messages.ts';
import type { App } from '../app.ts';
import { decisionButtons } from './decision-buttons.ts';
import { twoHosts } from './host-choice.ts';

/** Packets stepped by hand: a debugger for the network. */
export function heldPanel(app: App): TemplateResult {
  return html`
    <section class="stepping" aria-labelledby="stepping">
      <h2 id="stepping">Step packets</h2>
      ${app.held === null ? begin(app) : waiting(app.held, app)}
    </section>
  `;
}

function begin(app: App): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    void app.controls.hold(String(form.get('from')), String(form.get('to')));
  };
  return html`
    <p class="hint">Hold the packets between two hosts, and decide on each.</p>
    <form class="fields" @submit=${submit}>
      ${twoHosts(app, ['one host', 'the other'])}
      <button data-testid="hold" ?disabled=${!app.canChange}>Hold packets</button>
    </form>
  `;
}

function waiting({ from, to, waiting, packets }: HeldList, app: App): TemplateResult {
  const more = waiting - packets.length;
  return html`
    <p class="hint holding">
      <span>Holding ${from} ↔ ${to}</span>
      <button data-testid="release" ?disabled=${!app.canChange} @click=${() => app.controls.release()}>Deliver all</button>
    </p>
    ${packets.length === 0 ? html`<p class="hint" role="status">No packet is waiting.</p>` : nothing}
    <ol class="held-list" data-testid="held">
      ${repeat(
        packets,
        ({ number }) => number,
        (packet) => heldEntry(packet, app),
      )}
    </ol>
    ${more > 0 ? html`<p class="hint">… and ${more} more</p>` : nothing}
  `;
}

function heldEntry(packet: HeldMessage, app: App): TemplateResult {
  return html`
    <li>
      <b>${packet.from} → ${packet.to}</b>
      <code>${packet.words}</code>
      ${decisionButtons(packet, app)}
    </li>
  `;
}
