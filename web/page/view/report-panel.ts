import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../app.ts';
import type { Mark, ReportEntry, ReportFact } from '../report.ts';
import { stepOfEntry } from '../show-report.ts';

const marks: Readonly<Record<Mark, { readonly sign: string; readonly name: string }>> = {
  passed: { sign: '✓', name: 'passed' },
  advice: { sign: '!', name: 'advice' },
  failed: { sign: '✗', name: 'failed' },
  'not-reached': { sign: '–', name: 'not reached' },
  'not-graded': { sign: '?', name: 'not graded' },
};

/** What was found, and then what else was checked. */
export function reportPanel(app: App): TemplateResult {
  const { title = '', entries = [] } = app.report ?? {};
  const told = entries.filter(({ facts = [] }) => facts.length > 0);
  const others = entries.filter((one) => !told.includes(one));
  return html`
    <h2>${title}</h2>
    ${list(told, app)}
    ${told.length > 0 && others.length > 0 ? html`<h3>Other checks</h3>` : nothing}
    ${list(others, app)}
  `;
}

function list(entries: readonly ReportEntry[], app: App): TemplateResult | typeof nothing {
  if (entries.length === 0) return nothing;
  return html`<ul class="report">${entries.map((one) => entry(one, app))}</ul>`;
}

function entry(one: ReportEntry, app: App): TemplateResult {
  const { sign, name } = marks[one.mark];
  const step = stepOfEntry(app, one);
  const show = () => step && app.point(step.id);
  return html`
    <li class=${one.mark}>
      <b><span class="mark" aria-hidden="true">${sign}</span><span class="visually-hidden">${name}: </span>${one.title}</b>
      ${step ? html`<button @click=${show}>Show the step</button>` : nothing}
      ${one.facts?.length ? html`<dl>${one.facts.map(fact)}</dl>` : nothing}
    </li>
  `;
}

function fact({ label, text, isVerbatim }: ReportFact): TemplateResult {
  return html`<dt>${label}</dt><dd>${isVerbatim ? html`<pre>${text}</pre>` : text}</dd>`;
}
