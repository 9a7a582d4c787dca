/**
 * Makes the pictures of `docs/watching.md` from a recording of real hosts, so that they stay the same: `npx node docs/pictures.ts`.
 * It needs Chromium.
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Browser, Page as Tab } from 'playwright-core';
import { readRecording } from '../lab/index.ts';
import { servePage } from '../web/server.ts';
import { findBrowser, openPage, sharedBrowser } from '../web/testing/browser.ts';

/** A conversation over TCP whose first SYN was lost. */
const RECORDING = new URL('../lab/timeline/recordings/lost-syn.jsonl.gz', import.meta.url);

/** `step` is the one whose details are open. */
const pictures = [
  { name: 'page', width: 1280, height: 860, colorScheme: 'light', step: '↻ SYN' },
  { name: 'page-dark', width: 1280, height: 860, colorScheme: 'dark', step: '↻ SYN' },
  { name: 'page-phone', width: 390, height: 844, colorScheme: 'light', step: 'SYN · lost' },
] as const;

const executable = findBrowser();
if (executable === undefined) process.exit(1);
await using stack = new AsyncDisposableStack();
const browser = stack.adopt(await sharedBrowser(executable), (one) => one.close());
for (const picture of pictures) await take(browser, picture);

async function take(
  browser: Browser,
  { name, width, height, colorScheme, step }: (typeof pictures)[number],
) {
  const events = readRecording(createReadStream(RECORDING).pipe(createGunzip()));
  const options = { port: 0, maxEventsPerSecond: Number.POSITIVE_INFINITY };
  await using page = await servePage(events, undefined, options);
  const tab = await openPage(browser, page.url, { viewport: { width, height }, colorScheme });
  await tab.getByText('Recording', { exact: true }).waitFor();
  await tab.getByTestId('conversation-filter').selectOption({ index: 1 });
  await openStep(tab, step);
  await tab.screenshot({ path: new URL(`pictures/${name}.png`, import.meta.url).pathname });
  await tab.close();
}

async function openStep(tab: Tab, words: string): Promise<void> {
  await tab.getByRole('listbox').focus();
  await tab.keyboard.press('Home');
  await tab.getByRole('option').getByText(words).first().click();
  await tab.getByTestId('hex').waitFor();
  // Where the keyboard is, is not what the picture is about.
  await tab.evaluate('document.activeElement.blur()');
}
