import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Conversation } from '../../../lab/timeline/step.ts';
import type { App } from '../app.ts';
import { count } from '../format.ts';
import { holding } from '../held-still.ts';
import { colourOfConversation } from './colours.ts';

/** The latest are enough to choose from. */
const LATEST = 30;

/** The conversations, the latest first; each can be shown alone. */
export function conversationList(app: App): TemplateResult {
  const all = app.conversations;
  const still = holding(app.conversationList);
  const known = (id: number) => all.find((one) => one.id === id);
  const latest = app.conversationList.show(all.slice(-LATEST).reverse(), known);
  const [newest] = latest;
  const newer = newest === undefined ? 0 : all.filter(({ id }) => id > newest.id).length;
  if (latest.length === 0) {
    return html`<p class="hint">A conversation is a TCP connection, or the datagrams between two UDP endpoints. There is none yet.</p>`;
  }
  return html`
    <p class="hint newer" data-testid="newer">${newer > 0 ? `${count(newer, 'newer conversation')} when you leave the list` : 'The latest first'}</p>
    <ul
      class="conversations"
      @pointerenter=${still.enter}
      @pointerleave=${still.leave}
      @focusin=${still.enter}
      @focusout=${still.leave}
    >
      ${repeat(
        latest,
        ({ id }) => id,
        (one) => entry(one, app),
      )}
    </ul>
  `;
}

function entry(one: Conversation, app: App): TemplateResult {
  const isChosen = app.filter.conversation === one.id;
  const choose = () => app.changeFilter({ conversation: isChosen ? undefined : one.id });
  const { client, server, protocol, bytes, packets } = one;
  return html`
    <li class=${colourOfConversation(one.id)}>
      <button aria-pressed=${isChosen} ?disabled=${one.isSummedUp} @click=${choose}>
        <b><i class="swatch" aria-hidden="true"></i>${protocol.toUpperCase()}
          <span class="pill ${one.state}">${one.state}</span></b>
        <span>${client.host}:${client.port} → ${server.host}:${server.port}</span>
        <small>
          ${count(packets, 'packet')}, ${count(bytes.toServer, 'byte')} there, ${bytes.toClient} back
          ${trouble(one)}
        </small>
      </button>
    </li>
  `;
}

function trouble({ lost, retransmissions }: Conversation): TemplateResult | typeof nothing {
  const words = [];
  if (lost > 0) words.push(`${lost} lost`);
  if (retransmissions > 0) words.push(`${retransmissions} sent again`);
  return words.length === 0 ? nothing : html`<em>· ${words.join(', ')}</em>`;
}
