/**
 * Makes the pictures of `docs/watching.md` from a recording of real hosts, so that they stay the same: `npx node docs/pictures.ts`.
 * It needs Chromium.
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Browser, Page as Tab } from 'playwright-core';
import { readRecording } from '../lab/index.ts';
import { servePage } from '../web/server.ts';
import { findBrowser, launchBrowser, openPage } from '../web/testing/browser.ts';

/** A conversation over TCP of which every fourth packet into the server was lost. */
const RECORDING = new URL('../lab/timeline/recordings/lost-data.jsonl.gz', import.meta.url);

const pictures = [
  { name: 'page', width: 1280, height: 860, colorScheme: 'light' },
  { name: 'page-dark', width: 1280, height: 860, colorScheme: 'dark' },
  { name: 'page-phone', width: 390, height: 844, colorScheme: 'light' },
] as const;

const executable = findBrowser();
if (executable === undefined) process.exit(1);
await using stack = new AsyncDisposableStack();
const browser = stack.adopt(await launchBrowser(executable), (one) => one.close());
for (const picture of pictures) await take(browser, picture);

async function take(
  browser: Browser,
  { name, width, height, colorScheme }: (typeof pictures)[number],
) {
  const events = readRecording(createReadStream(RECORDING).pipe(createGunzip()));
  const options = { port: 0, maxEventsPerSecond: Number.POSITIVE_INFINITY };
  await using page = await servePage(events, undefined, options);
  const tab = await openPage(browser, page.url, { viewport: { width, height }, colorScheme });
  await tab.getByText('Recording', { exact: true }).waitFor();
  await openRetransmission(tab);
  await tab.screenshot({ path: new URL(`pictures/${name}.png`, import.meta.url).pathname });
  await tab.close();
}

/** What is lost and what repeats it in view, and the latter chosen. */
async function openRetransmission(tab: Tab): Promise<void> {
  const diagram = tab.getByRole('listbox');
  await diagram.focus();
  await tab.keyboard.press('Home');
  const again = diagram.getByRole('option').getByText('↻').first();
  for (let steps = 0; steps < 100 && !(await again.isVisible()); steps += 1) {
    await tab.keyboard.press('ArrowDown');
  }
  await again.click();
  const fold = tab.getByRole('button', { name: 'Open the details' });
  if (await fold.isVisible()) await fold.click();
  await tab.getByTestId('hex').waitFor();
}
