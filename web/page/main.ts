/**
 * The page in the browser.
 *
 *   server ──stream──▶ app ──once a frame──▶ view ──lit-html──▶ document
 *      ▲                └─actions─┐
 *      └──────────ask─────────────┘
 */
import type { LabEvent } from '../../lab/model/event.ts';
import { startApp } from './start.ts';
import { Stream } from './stream.ts';

/** How often time is advanced without events. */
const ADVANCE_MS = 200;

const app = startApp();

new Stream({
  connection: (connection) => app.connected(connection),
  behind: (behindMs) => app.behind(behindMs),
  hello: (hello) => app.greet(hello),
  events: ({ rate, events }) => {
    app.rateIs(rate);
    // The server sends events that this program has made.
    if (events.length > 0) app.add(events as LabEvent[]);
  },
  heartbeat: ({ rate }) => app.rateIs(rate),
  gap: (gap) => app.skip(gap),
  held: (held) => app.change({ held }),
  end: ({ trouble }) => app.end(trouble),
}).connect();

setInterval(() => {
  if (app.canAct) app.advance(Date.now());
}, ADVANCE_MS);
app.controls.watchFaults(() => app.canAct && app.tab === 'break');
