import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { HostEvent } from '../../../lab/model/event.ts';
import type { App } from '../app.ts';
import { count } from '../format.ts';
import { type PathFault, pathFaults } from '../path-faults.ts';
import type { Picture } from '../picture.ts';
import { arc, arcPoint, MAP_PX } from './arc.ts';
import { moreHosts } from './step-words.ts';

/** Where the mark of a fault is on its way: the share of it. */
const FAULT_AT = 0.72;

/** The hosts, their links, and packets moving on them; it stands on the diagram, each host over its lifeline. */
export function map(app: App): TemplateResult {
  const { picture } = app;
  const { width } = app.view;
  return html`
    <div class="map">
      <svg class="links" width=${width} height=${MAP_PX} aria-hidden="true">
        ${links(picture, app).map(({ path, isBroken }) => svg`<path class="link ${isBroken ? 'broken' : ''}" d=${path} />`)}
        ${faults(app).map((fault) => faultMark(fault, picture))}
        <g id="dots"></g>
      </svg>
      <div class="heads" role="group" aria-label="Hosts">
        ${repeat(
          picture.columns.names,
          (name) => name,
          (name) => head(name, app),
        )}
        ${othersHead(picture)}
      </div>
    </div>
  `;
}

function head(name: string, app: App): TemplateResult {
  const { hosts } = app.filter;
  const state = app.hosts.state(name);
  const flip = () => {
    const chosen = new Set(app.filter.hosts);
    if (!chosen.delete(name)) chosen.add(name);
    app.changeFilter({ hosts: chosen });
  };
  return html`
    <button
      class="head ${state?.state ?? 'outside'}"
      aria-pressed=${hosts.has(name)}
      title="Show only this host"
      @click=${flip}
    >
      <strong title=${name}>${name.split(/(?<=-)/).map((part) => html`${part}<wbr>`)}</strong>
      <small>${addressOf(state)}</small>${faultWords(name, app)}
    </button>
  `;
}

/** Those without a column: one of them is chosen in the list of all. */
function othersHead({
  columns: { names, others },
  folded,
}: Picture): TemplateResult | typeof nothing {
  if (others.size === 0) return nothing;
  const choose = () => document.querySelector<HTMLSelectElement>('#host-filter')?.focus();
  return html`
    <button
      class="head others"
      data-testid="others"
      title=${folded > 0 ? 'Steps between them are not drawn: choose one to see its steps' : 'Choose one'}
      @click=${choose}
    >
      <strong>${moreHosts(others.size, names.length)}</strong>
      <small>${folded > 0 ? count(folded, 'step') : nothing}</small>
    </button>
  `;
}

function addressOf(host: HostEvent | undefined): string | typeof nothing {
  if (host === undefined) return nothing;
  if (host.state !== 'running') return host.state;
  return host.sharesNetworkOf ? `with ${host.sharesNetworkOf}` : (host.addresses[0] ?? '');
}

interface Arc {
  readonly path: string;
  readonly isBroken: boolean;
}

/** One arc for each two hosts that talk to each other in what is shown, or have a fault between them. */
function links({ columns, steps }: Picture, app: App): Arc[] {
  const shown = new Set(steps.map(({ conversation }) => conversation));
  const talks = app.conversations.filter(({ id }) => shown.has(id));
  const pairs = new Map<string, Arc>();
  const add = (one: string, other: string, isBroken: boolean) => {
    const [from, to] = [columns.x(one), columns.x(other)];
    if (from === undefined || to === undefined || from === to) return;
    const [left, right] = [Math.min(from, to), Math.max(from, to)];
    pairs.set(`${left} ${right}`, { path: arc(left, right), isBroken });
  };
  for (const { client, server } of talks) add(client.host, server.host, false);
  for (const { from, to } of faults(app)) add(from, to, true);
  return [...pairs.values()];
}

const faults = (app: App) => pathFaults(app.controls.faults);

/** Before the host that the packets are for. */
function faultMark({ from, to }: PathFault, { columns }: Picture): TemplateResult | typeof nothing {
  const [fromX, toX] = [columns.x(from), columns.x(to)];
  if (fromX === undefined || toX === undefined || fromX === toX) return nothing;
  const { x, y } = arcPoint(fromX, toX, FAULT_AT);
  return svg`
    <g class="fault-mark" data-testid="fault-mark" transform="translate(${x} ${y})">
      <circle r="7" /><text y="4" text-anchor="middle">!</text>
    </g>
  `;
}

/** The same in words, for the host that the packets are for. */
function faultWords(name: string, app: App): TemplateResult[] {
  return faults(app)
    .filter(({ to }) => to === name)
    .map(
      ({ from, words }) =>
        html`<span class="visually-hidden">, fault from ${from}: ${words}</span>`,
    );
}
