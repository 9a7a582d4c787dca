/** The page in Chromium, with a lab that a test tells what happens: event by event ──▶ page ──▶ tab. */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page as Tab } from 'playwright-core';
import { beforeAll, describe } from 'vitest';
import type { LabEvent } from '../../lab/index.ts';
import type { BroadcastOptions } from '../broadcast.ts';
import { takePort } from '../port.ts';
import { servePage } from '../server.ts';
import { findBrowser, openPage, sharedBrowser } from './browser.ts';
import { FakeLab } from './fake-lab.ts';
import { ForwardingProxy, type ProxyOptions } from './forwarding-proxy.ts';
import { Feed } from './sources.ts';

export interface OpenOptions extends BrowserContextOptions {
  /** What has happened before the page is opened. */
  readonly events?: readonly LabEvent[];
  /** Default: every event is shown. */
  readonly limits?: BroadcastOptions;
  /** The proxy that forwards to the page; default: none. */
  readonly behind?: ProxyOptions;
  /** Whether an editor may show it in a preview; default: false. */
  readonly preview?: boolean;
}

/** A tab with the page, and what is behind it. */
interface Opened extends AsyncDisposable {
  readonly tab: Tab;
  readonly feed: Feed;
  readonly lab: FakeLab;
}

/** A tab with a page that is a file, and without a network. */
type OpenFile = (file: string, options?: BrowserContextOptions) => Promise<Tab>;

/** What starts the page's server again. */
export const COMMAND = './socketlab watch --page --port 8123';

/** A window in which all of a short story can be seen. */
export const tall = { viewport: { width: 1280, height: 1600 } } as const;

/** Tests that share a browser; where there is none, they are skipped. */
export function describeInChromium(
  name: string,
  tests: (open: (options?: OpenOptions) => Promise<Opened>, openFile: OpenFile) => void,
): void {
  const executable = findBrowser();
  describe.skipIf(executable === undefined)(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await sharedBrowser(executable ?? '');
    });
    tests(
      (options) => open(browser, options),
      (file, options) => openPage(browser, pathToFileURL(file).href, { ...options, offline: true }),
    );
  });
}

async function open(
  browser: Browser,
  { events = [], limits, behind, preview, ...context }: OpenOptions = {},
): Promise<Opened> {
  await using stack = new AsyncDisposableStack();
  const [feed, lab] = [new Feed(), new FakeLab()];
  const port = stack.use(await takePort(0));
  const proxy = behind && stack.use(await ForwardingProxy.start(port.number, behind));
  const rest = { maxEventsPerSecond: Number.POSITIVE_INFINITY, ...limits };
  const options = { port, preview, command: COMMAND, ...rest };
  const page = stack.use(await servePage(feed, lab, { ...options, forwarded: proxy?.address }));
  feed.push(...events);
  const tab = stack.adopt(await openPage(browser, page.url, context), (one) => one.close());
  const all = stack.move();
  return { tab, feed, lab, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** The steps of the diagram that are in the document. */
export function steps(tab: Tab) {
  return tab.getByRole('listbox').getByRole('option');
}

/** Selects a step with the keyboard, counted from 0. */
export async function walkTo(tab: Tab, step: number): Promise<void> {
  await tab.getByRole('listbox').focus();
  await tab.keyboard.press('Home');
  for (let i = 0; i < step; i += 1) await tab.keyboard.press('ArrowDown');
}

/** Opens the details of a packet near the beginning, whatever the width. */
export async function showStep(tab: Tab): Promise<void> {
  await walkTo(tab, 14);
  const fold = tab.getByRole('button', { name: 'Open the details' });
  if (await fold.isVisible()) await fold.click();
  await tab.getByTestId('hex').waitFor();
}

/** What the page saves under an entry of its menu. */
export async function saved(tab: Tab, name: string): Promise<Buffer> {
  await tab.getByText('Save', { exact: true }).click();
  const downloading = tab.waitForEvent('download');
  await tab.getByText(name).click();
  return readFile(await (await downloading).path());
}
