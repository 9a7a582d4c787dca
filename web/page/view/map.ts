import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { HostEvent } from '../../../lab/model/event.ts';
import { isFated } from '../../../lab/timeline/step.ts';
import type { App } from '../app.ts';
import type { Dot } from '../flights.ts';
import { count } from '../format.ts';
import type { Picture } from '../picture.ts';
import { colourOf } from './colours.ts';
import { moreHosts } from './step-words.ts';

const HEIGHT = 56;
/** How far a packet gets that is lost, and one that is held: shortly before the host that it is for. */
const LOST_AT = 0.6;
const HELD_AT = 0.76;

/** The hosts, their links, and packets moving on them; it stands on the diagram, each host over its lifeline. */
export function map(app: App): TemplateResult {
  const { picture } = app;
  const { width } = app.view;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const dots = isStill ? [] : app.flights.dots(performance.now());
  if (dots.length > 0) app.redraw();
  return html`
    <div class="map">
      <svg class="links" width=${width} height=${HEIGHT} aria-hidden="true">
        ${links(picture, app).map(({ path, isBusy }) => svg`<path class="link ${isBusy ? 'busy' : ''}" d=${path} />`)}
        ${dots.filter(({ share }) => share > 0).map((dot) => dotView(dot, picture))}
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
      <strong>${name.split(/(?<=-)/).map((part) => html`${part}<wbr>`)}</strong>
      <small>${addressOf(state)}</small>
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
  readonly isBusy: boolean;
}

/** One arc for each two hosts that talk to each other. */
function links({ columns, steps }: Picture, app: App): Arc[] {
  const pairs = new Map<string, Arc>();
  for (const { client, server } of app.conversations) {
    const [from, to] = [columns.x(client.host), columns.x(server.host)];
    if (from === undefined || to === undefined || from === to) continue;
    pairs.set(`${Math.min(from, to)} ${Math.max(from, to)}`, {
      path: arc(Math.min(from, to), Math.max(from, to)),
      isBusy: steps.length > 0,
    });
  }
  return [...pairs.values()];
}

function arc(from: number, to: number): string {
  return `M ${from} ${HEIGHT} Q ${(from + to) / 2} ${-HEIGHT * 0.72} ${to} ${HEIGHT}`;
}

function dotView({ step, share }: Dot, { columns }: Picture): TemplateResult | typeof nothing {
  const [from, to] = [columns.x(step.from), columns.x(step.to)];
  const areOthers = columns.others.has(step.from) && columns.others.has(step.to);
  if (from === undefined || to === undefined || areOthers) return nothing;
  const stop = step.delivery === 'lost' ? LOST_AT : isFated(step, 'held') ? HELD_AT : 1;
  const t = Math.min(ease(share), stop);
  // The point of a quadratic curve at t, with the control point of `arc`.
  const x = (1 - t) ** 2 * from + t * (1 - t) * (from + to) + t ** 2 * to;
  const y = (1 - t) ** 2 * HEIGHT + 2 * t * (1 - t) * -HEIGHT * 0.72 + t ** 2 * HEIGHT;
  if (step.delivery === 'lost' && t === LOST_AT) {
    return svg`<path class="cross" d="M ${x - 5} ${y - 5} l 10 10 m 0 -10 l -10 10" />`;
  }
  return svg`<circle class="dot ${colourOf(step)}" cx=${x} cy=${y} r="4.5" />`;
}

function ease(share: number): number {
  return share < 0.5 ? 2 * share ** 2 : 1 - (-2 * share + 2) ** 2 / 2;
}
