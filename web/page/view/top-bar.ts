import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../app.ts';
import { count } from '../format.ts';
import { saveSvg } from '../save-svg.ts';
import type { Connection } from '../stream.ts';
import { keyHint, keysMenu } from './keys-menu.ts';
import { closeOnEscape, closeWhenChosen, closeWhenLeft } from './menu.ts';

const states: Readonly<Record<Connection, { name: string; words: string }>> = {
  connecting: { name: 'Connecting', words: 'Connecting to the lab' },
  live: { name: 'Live', words: 'Events are shown as they happen' },
  playing: { name: 'Playing', words: 'The recording is played as it happened' },
  lost: { name: 'Connection lost', words: 'Trying again' },
  gone: { name: 'Connection lost', words: 'Trying again' },
  ended: { name: 'Recording', words: 'The recording has been read to its end' },
};

/** How things go, and what concerns the whole page. */
export function topBar(app: App): TemplateResult {
  const { name, words } = stateOf(app);
  return html`
    <header class="top">
      <h1>socketlab</h1>
      <p class="state ${app.connection}" data-testid="connection" title=${words}>
        <span class="light" aria-hidden="true"></span>${name}
      </p>
      ${notices(app)}
      <div class="actions">
        ${playOrPause(app)}
        ${saveMenu(app)} ${keysMenu(app)}
      </div>
    </header>
  `;
}

function stateOf({ connection, isOfLab, behindS }: App): { name: string; words: string } {
  if (connection !== 'live') return states[connection];
  if (!isOfLab) return { name: 'Loading', words: 'The recording is being loaded' };
  if (behindS === 0) return states.live;
  const name = `Catching up, ${behindS.toLocaleString('en')} s behind`;
  return { name, words: 'More happens than this page can show at once' };
}

function saveMenu(app: App): TemplateResult {
  return html`
    <details class="menu" @focusout=${closeWhenLeft} @click=${closeWhenChosen} @keydown=${closeOnEscape}>
      <summary class="button">Save</summary>
      <ul>
        <li><a class="choice" href=${app.files.packets} download="socketlab.pcapng">Packets, for Wireshark (pcapng)</a></li>
        <li><a class="choice" href=${app.files.recording} download="socketlab.jsonl">Events, to replay (JSON Lines)</a></li>
        <li><button class="choice" @click=${() => saveSvg(app)}>This diagram (SVG)</button></li>
      </ul>
    </details>
  `;
}

function playOrPause(app: App): TemplateResult | typeof nothing {
  const { player } = app;
  if (player?.isPlaying)
    return html`<button data-testid="stop" @click=${() => player.finish()}>Show all</button>`;
  if (player) return html`<button data-testid="play" @click=${() => player.play()}>Play</button>`;
  return app.connection === 'ended' ? nothing : pauseButton(app);
}

function pauseButton(app: App): TemplateResult {
  if (app.isFollowing) {
    return html`<button data-testid="pause" @click=${() => app.pause()}>Pause${keyHint('p', app)}</button>`;
  }
  const more = app.newSteps > 0 ? html` <b class="badge">${app.newSteps} new</b>` : nothing;
  return html`
    <button class="primary" data-testid="live" @click=${() => app.follow()}>
      Go live${more}${keyHint('p', app)}
    </button>
  `;
}

function notices({ rate, missed, trouble }: App): TemplateResult {
  const isSample = rate.shown < rate.seen;
  const sample = `Showing ${rate.shown.toLocaleString('en')} of ${rate.seen.toLocaleString('en')} events per second`;
  return html`
    <div class="notices">
      ${isSample ? html`<p class="notice" data-testid="sample">${sample}</p>` : nothing}
      ${missed > 0 ? html`<p class="notice" data-testid="gap">${count(missed, 'earlier event')} no longer kept</p>` : nothing}
      ${trouble ? html`<p class="notice bad" data-testid="trouble">${trouble}</p>` : nothing}
    </div>
  `;
}
