import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { describeSettings } from '../../../lab/explain/faults/describe-settings.ts';
import { achievedText } from '../../../lab/explain/faults/fault-text.ts';
import type {
  DirectionReport,
  FaultReport,
  FaultReports,
} from '../../../lab/model/fault-report.ts';
import type { App } from '../app.ts';
import { countFaults } from '../path-faults.ts';

/** One entry of the list, under the id by which it is healed. */
interface Entry {
  readonly id: string;
  readonly title: string;
  readonly about: TemplateResult | readonly TemplateResult[];
  /** Undefined for what is healed only with all. */
  readonly button?: 'Heal' | 'Forget';
}

/** What is broken now, each with what heals it; nothing is said while that is not known. */
export function faultList({ controls, canAct, canChange }: App): TemplateResult {
  if (!canAct) return html`<p class="hint">Whether there are faults is not known now.</p>`;
  if (countFaults(controls.faults) === 0) return html`<p class="hint">There are no faults.</p>`;
  return html`
    <ul class="faults" data-testid="faults">
      ${repeat(
        entriesOf(controls.faults),
        ({ id }) => id,
        ({ id, title, about, button }) => html`
          <li>
            <b>${title}</b>
            ${about}
            ${
              button
                ? html`<button ?disabled=${!canChange} aria-label="${button} ${id}" @click=${() => controls.heal([id])}>${button}</button>`
                : nothing
            }
          </li>
        `,
      )}
    </ul>
    <button data-testid="heal-all" ?disabled=${!canChange} @click=${() => controls.heal()}>Heal all</button>
  `;
}

function entriesOf({ paths, hosts, over = [], killed = [] }: FaultReports): Entry[] {
  return [
    ...paths.map((fault) => ({
      ...ofPath(fault, ({ status }) => achievedText(status)),
      button: 'Heal' as const,
    })),
    ...over.map((fault) => ({
      ...ofPath(
        fault,
        ({ to, status }) => `over, as ${to} has ended since: ${achievedText(status)}`,
      ),
      button: 'Forget' as const,
    })),
    ...killed.map((host) => ({
      id: host,
      title: 'wire killed',
      about: html`<span>${host}</span><small>Packets pass unimpaired; those that it kept back are lost</small>`,
    })),
    ...hosts.map(({ id, host, state }) => ({
      id,
      title: state,
      about: html`<span>${host}</span>`,
      button: 'Heal' as const,
    })),
  ];
}

function ofPath({ id, directions }: FaultReport, words: (one: DirectionReport) => string): Entry {
  const [{ status }] = directions;
  return {
    id,
    title: describeSettings(status.settings),
    about: directions.map(
      (one) => html`<span>${one.from} → ${one.to}</span><small>${words(one)}</small>`,
    ),
  };
}
