import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { App } from '../app.ts';
import { everything, type Filter } from '../filter.ts';
import { count } from '../format.ts';

/** What of the timeline is shown, and how. */
export function filterBar(app: App): TemplateResult {
  const { filter } = app;
  const set = (part: Partial<Filter>) => app.changeFilter(part);
  const isFiltered = filter.hosts.size > 0 || filter.conversation !== undefined;
  return html`
    <div class="filters" role="toolbar" aria-label="What is shown">
      ${
        isFiltered
          ? html`<button class="quiet" @click=${() => set({ hosts: everything.hosts, conversation: undefined })}>Show all</button>`
          : nothing
      }
      ${toggle('Calls', filter.showsCalls, () => set({ showsCalls: !filter.showsCalls }))}
      ${toggle('Logs', filter.showsLogs, () => set({ showsLogs: !filter.showsLogs }))}
      ${toggle(
        'Others',
        filter.showsOthers,
        () => set({ showsOthers: !filter.showsOthers }),
        'Name look-ups, ARP and the like, and packets from or to addresses outside the lab',
      )}
      ${hostFilter(app)} ${conversationChoice(app)}
      <span class="spring"></span>
      ${toggle('Text', app.isList, () => app.change({ isList: !app.isList }), 'The steps as a list of sentences')}
    </div>
  `;
}

function toggle(name: string, isOn: boolean, flip: () => void, words?: string): TemplateResult {
  return html`
    <button class="toggle" aria-pressed=${isOn} title=${words ?? nothing} @click=${flip}>${name}</button>
  `;
}

/** For hosts without a column to click on. */
function hostFilter(app: App): TemplateResult | typeof nothing {
  const { filter, picture } = app;
  const isFolded = picture.columns.others.size > 0;
  if (!isFolded && filter.hosts.size === 0) return nothing;
  const { size } = filter.hosts;
  const choose = ({ target }: Event) => {
    const { value } = target as HTMLSelectElement;
    app.changeFilter({ hosts: value === '' ? everything.hosts : new Set([value]) });
  };
  return html`
    <select id="host-filter" aria-label="Host" data-testid="host-filter" @change=${choose}>
      <option value="" .selected=${size === 0}>All hosts</option>
      ${size > 1 ? html`<option disabled .selected=${true}>${count(size, 'host')}</option>` : nothing}
      ${repeat(
        app.hosts.list,
        (host) => host,
        (host) =>
          html`<option value=${host} .selected=${size === 1 && filter.hosts.has(host)}>${host}</option>`,
      )}
    </select>
  `;
}

function conversationChoice(app: App): TemplateResult {
  const { filter, conversations } = app;
  const choose = ({ target }: Event) => {
    const { value } = target as HTMLSelectElement;
    const conversation = value === '' ? undefined : Number(value);
    app.changeFilter({ conversation });
  };
  const kept = conversations.filter(({ isSummedUp }) => !isSummedUp).slice(-100);
  return html`
    <select aria-label="Conversation" data-testid="conversation-filter" @change=${choose}>
      <option value="" .selected=${filter.conversation === undefined}>All conversations</option>
      ${repeat(
        kept,
        ({ id }) => id,
        ({ id, protocol, client, server }) => html`
          <option value=${id} .selected=${filter.conversation === id}>
            ${protocol.toUpperCase()} ${client.host}:${client.port} – ${server.host}
          </option>
        `,
      )}
    </select>
  `;
}
