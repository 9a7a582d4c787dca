import { html, nothing, type TemplateResult } from 'lit-html';
import { fieldsOf, type Layer, layersOf } from '../../../lab/explain/fields.ts';
import { linkName } from '../../../lab/explain/link-name.ts';
import { deliveryText } from '../../../lab/explain/packets/delivery.ts';
import { sentenceOf } from '../../../lab/explain/sentence.ts';
import { titleOf } from '../../../lab/explain/title.ts';
import type { Step } from '../../../lab/timeline/step.ts';
import { duration } from '../../../lab/util/duration.ts';
import type { App } from '../app.ts';
import { timeOfDay } from '../format.ts';
import { heldPacketOf } from '../held-packet.ts';
import { type HexRow, hexRows } from '../hex.ts';
import { colourOf } from './colours.ts';
import { decisionButtons } from './decision-buttons.ts';
import { sentence } from './sentence.ts';

/** So many bytes fit beside each other in the panel. */
const BYTES_A_ROW = 8;

/** All about the selected step: for a learner first, then what was on the wire. */
export function details(app: App): TemplateResult {
  const step = app.selectedStep;
  if (step === undefined) {
    return html`<p class="hint">Choose a call or a packet in the diagram to see what it is, why it happened, and its bytes.</p>`;
  }
  return html`
    <article class="details ${colourOf(step)}" data-testid="details">
      <h2><i class="swatch" aria-hidden="true"></i>${titleOf(step)}</h2>
      <p class="sentence" data-testid="sentence">${sentence(sentenceOf(step))}</p>
      ${decision(step, app)} ${where(step, app)} ${links(step, app)}
      ${layers(step).map(layerTable)}
      ${step.kind === 'packet' ? bytes(step.packet.bytes, step.packet.payloadOffset) : nothing}
    </article>
  `;
}

/** A held packet can be decided on in its details. */
function decision(step: Step, app: App): TemplateResult | typeof nothing {
  const held = heldPacketOf(step, app.held);
  return held === undefined ? nothing : decisionButtons(held, app);
}

function where(step: Step, app: App): TemplateResult {
  const { startMs, endMs } = app.clock.times(step);
  const place = step.kind === 'packet' ? `${step.from} → ${step.to}` : step.host;
  return html`
    <dl class="where">
      <dt>Where</dt><dd>${place}</dd>
      <dt>When</dt><dd>${timeOfDay(step.atNs)}</dd>
      ${endMs === undefined ? nothing : html`<dt>Took</dt><dd>${duration((endMs - startMs) * 1e6)}</dd>`}
      ${step.kind === 'packet' ? html`<dt>Delivery</dt><dd>${deliveryText(step)}</dd>` : nothing}
    </dl>
  `;
}

/** The steps that belong to this one. */
function links({ links: all }: Step, app: App): TemplateResult | typeof nothing {
  const known = all.flatMap(({ to, kind }) => {
    const step = app.stepOf(to.id);
    return step === undefined ? [] : { step, kind };
  });
  if (known.length === 0) return nothing;
  return html`
    <dl class="related" aria-label="Related steps">
      ${[...Map.groupBy(known, ({ kind }) => kind)].map(
        ([kind, steps]) => html`
          <dt>${linkName(kind)}</dt>
          ${steps.map(
            ({ step }) =>
              html`<dd><button class="link" @click=${() => app.show(step.id)}>${titleOf(step)}</button></dd>`,
          )}
        `,
      )}
    </dl>
  `;
}

function layers(step: Step): Layer[] {
  switch (step.kind) {
    case 'packet':
      return layersOf(step.packet).reverse();
    case 'call': {
      const {
        kind: _kind,
        atNs: _atNs,
        host: _host,
        id: _id,
        tookNs: _tookNs,
        ...rest
      } = step.call;
      return [{ name: 'Socket call', fields: fieldsOf(rest) }];
    }
    case 'log':
      return [{ name: 'Log line', fields: [{ name: 'line', value: step.log.line }] }];
    case 'fault':
      return [{ name: 'Fault', fields: fieldsOf({ id: step.fault.fault, ...step.fault }) }];
    case 'host':
      return [{ name: 'Host', fields: fieldsOf(step.state) }];
  }
}

function layerTable({ name, fields }: Layer, index: number): TemplateResult {
  return html`
    <details class="layer" ?open=${index < 2}>
      <summary>${name}</summary>
      <table>
        ${fields.map((field) => html`<tr><th scope="row">${field.name}</th><td>${field.value}</td></tr>`)}
      </table>
    </details>
  `;
}

function bytes(base64: string, payloadOffset: number): TemplateResult {
  const rows = hexRows(base64, payloadOffset, BYTES_A_ROW);
  return html`
    <details class="layer" open>
      <summary>Bytes <span class="legend">headers, then <mark>payload</mark></span></summary>
      <pre class="hex" data-testid="hex" tabindex="0" aria-label="Bytes in hexadecimal">${rows.map(hexRow)}</pre>
    </details>
  `;
}

function hexRow({ offset, header, payload, headerText, payloadText }: HexRow): TemplateResult {
  const pad = ' '.repeat(Math.max(0, BYTES_A_ROW * 3 - header.length - payload.length));
  return html`<i>${offset}</i>  ${header}<mark>${payload}</mark>${pad} ${headerText}<mark>${payloadText}</mark>
`;
}
