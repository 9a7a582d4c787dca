/**
 * The page in the browser.
 *
 *   server ──stream──▶ app ──once a frame──▶ view ──lit-html──▶ document
 *      ▲                └─actions─┐
 *      └──────────ask─────────────┘
 */
import { render } from 'lit-html';
import type { LabEvent } from '../../lab/model/event.ts';
import { App } from './app.ts';
import { onPageKey } from './keyboard.ts';
import { Scroll } from './scroll.ts';
import { Stream } from './stream.ts';
import { page } from './view/page.ts';

/** How often time is advanced without events. */
const ADVANCE_MS = 200;

const app = new App(draw);
const scroll = new Scroll(app);

function draw(): void {
  scroll.foresee();
  render(page(app), document.body);
  scroll.settle();
}

new Stream({
  connection: (connection) => app.connected(connection),
  hello: ({ canAct }) => app.change({ canAct }),
  events: ({ rate, events }) => {
    app.rate = rate;
    // The server sends events that this program has made.
    if (events.length > 0) app.add(events as LabEvent[]);
    else app.redraw();
  },
  heartbeat: ({ rate }) => app.change({ rate }),
  gap: ({ missed, standing }) => {
    app.learn(standing as LabEvent[]);
    app.change({ missed: app.missed + missed });
  },
  held: (held) => app.change({ held }),
  end: ({ trouble }) => app.end(trouble),
}).connect();

document.addEventListener('keydown', (event) => onPageKey(app, event));
setInterval(() => {
  if (app.canAct && app.connection === 'live') app.advance(Date.now());
}, ADVANCE_MS);
app.controls.watchFaults(() => app.canAct && app.tab === 'break');
draw();
