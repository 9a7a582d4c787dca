import { spawnSync } from 'node:child_process';
import { accessSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { startLoopbackProxy } from './loopback-proxy.ts';

/** First the one without windows, for which a page costs half as much. */
const EXECUTABLES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser of this machine; undefined when there is none, and then it says so. */
export function findBrowser(): string | undefined {
  const found = EXECUTABLES.find((path) => {
    try {
      accessSync(path);
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined) {
    console.warn(
      `The page is not tested: there is no ${EXECUTABLES.join(', ')}. On Debian: apt-get install --no-install-recommends chromium-headless-shell fonts-dejavu-core`,
    );
  }
  return found;
}

/** In a container root has no sandbox to give; the only page that is opened is ours. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/**
 * The same in a network of its own, from which it reaches this machine's own ports: so it does not see how containers come and
 * go. Where there can be no such network it is in the machine's.
 */
async function launchApart(executablePath: string): Promise<Browser> {
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const trial = spawnSync('unshare', [...asRoot, '--net', '--', 'ip', 'link', 'set', 'lo', 'up']);
  if (trial.status !== 0) return launchBrowser(executablePath);
  const env = {
    ...process.env,
    SOCKETLAB_UNSHARE: asRoot.join(' '),
    SOCKETLAB_NODE: process.execPath,
    SOCKETLAB_OWN_NETWORK: join(import.meta.dirname, 'own-network.ts'),
    SOCKETLAB_PROXY: await startLoopbackProxy(),
    SOCKETLAB_BROWSER: executablePath,
  };
  const wrapper = join(import.meta.dirname, 'own-network.sh');
  return chromium.launch({ executablePath: wrapper, args: ['--no-sandbox'], env });
}

let shared: Promise<Browser> | undefined;

/**
 * One for all tests of this process: to start one takes long, and one that ends just as it is written to is an error that nobody
 * can catch. It ends with the process.
 */
export function sharedBrowser(executablePath: string): Promise<Browser> {
  shared ??= launchApart(executablePath);
  return shared;
}

/** A tab with the page in it. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  // Chromium gives up when a network interface comes or goes, as those of other tests' containers do.
  for (let attempts = 1; ; attempts += 1) {
    // A new one for each attempt: the error page that replaces the last one would interrupt the next.
    const tab = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
    // Only a test that fails waits for so long.
    tab.setDefaultTimeout(60_000);
    try {
      // Without its first module nothing could load the page anew; nor could one that was being loaded anew.
      const lost = Promise.withResolvers<never>();
      lost.promise.catch(() => undefined); // when the page is there, that is no failure
      tab.on('requestfailed', (request) => {
        const why = request.failure()?.errorText ?? '';
        const isFirst = request.isNavigationRequest() || /\/boot\.[jt]s$/.test(request.url());
        if (isFirst && why.includes('ERR_NETWORK_CHANGED')) lost.reject(new Error(why));
      });
      await tab.goto(url);
      await Promise.race([tab.getByTestId('diagram').waitFor(), lost.promise]);
      return tab;
    } catch (error) {
      await tab.close();
      if (attempts === 5 || !String(error).includes('ERR_NETWORK_CHANGED')) throw error;
    }
  }
}
