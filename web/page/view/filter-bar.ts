import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../app.ts';
import { everything, type Filter } from '../filter.ts';

/** What of the timeline is shown, and how. */
export function filterBar(app: App): TemplateResult {
  const { filter } = app;
  const set = (part: Partial<Filter>) => app.changeFilter(part);
  const isFiltered = filter.hosts.size > 0 || filter.conversation !== undefined;
  return html`
    <div class="filters" role="toolbar" aria-label="What is shown">
      ${toggle('Calls', filter.showsCalls, () => set({ showsCalls: !filter.showsCalls }))}
      ${toggle('Logs', filter.showsLogs, () => set({ showsLogs: !filter.showsLogs }))}
      ${toggle(
        'Others',
        filter.showsOthers,
        () => set({ showsOthers: !filter.showsOthers }),
        'Name look-ups, ARP and its like, and packets from or to addresses that no host of the lab has',
      )}
      ${conversationChoice(app)}
      ${
        isFiltered
          ? html`<button class="quiet" @click=${() => set({ hosts: everything.hosts, conversation: undefined })}>Show all</button>`
          : nothing
      }
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
      <option value="" ?selected=${filter.conversation === undefined}>All conversations</option>
      ${kept.map(
        ({ id, protocol, client, server }) => html`
          <option value=${id} ?selected=${filter.conversation === id}>
            ${protocol.toUpperCase()} ${client.host}:${client.port} – ${server.host}
          </option>
        `,
      )}
    </select>
  `;
}
