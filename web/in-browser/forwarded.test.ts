/** The page where its port is forwarded to: each kind of proxy changes other headers on the way. */
import { expect, test } from 'vitest';
import { describeInChromium, steps } from '../testing/chromium.ts';
import type { ProxyOptions } from '../testing/forwarding-proxy.ts';
import { lossyStory } from '../testing/stories.ts';

const proxies: Readonly<Record<string, ProxyOptions>> = {
  'that changes nothing': {},
  'that asks for localhost': {
    rewrite: ({ host, ...others }, port) => ({
      ...others,
      host: `localhost:${port}`,
      'x-forwarded-host': host,
    }),
  },
  'that names localhost as the origin': {
    rewrite: ({ origin, ...others }, port) =>
      origin === undefined ? others : { ...others, origin: `http://localhost:${port}` },
  },
  'that does both': {
    rewrite: ({ origin, host, ...others }, port) => ({
      ...others,
      ...(origin !== undefined && { origin: `http://localhost:${port}` }),
      host: `localhost:${port}`,
      'x-forwarded-host': host,
    }),
  },
  'that has the page below a path': { path: '/proxy/8650/', stripsPath: true },
  'that leaves the path as it is': { path: '/absproxy/8650/' },
};

describeInChromium('behind a proxy', (open) => {
  test.each(Object.entries(proxies))('%s the whole page works', async (_, behind) => {
    await using opened = await open({ behind });
    const { tab, feed, lab } = opened;
    expect(new URL(tab.url()).hostname).toBe('lab-8650.forwarded.localhost');
    feed.push(...lossyStory().events);
    await steps(tab).first().waitFor();
    await tab.getByTestId('tab-break').click();
    await tab.getByTestId('break').click();
    await tab.getByTestId('faults').getByText('30 % of 10 packets lost').waitFor();
    expect(lab.done.join()).toMatch(/^break /);
    const saved = await tab.evaluate<number>(
      `fetch('save/socketlab.jsonl').then(({ status }) => status)`,
    );
    expect(saved).toBe(200);
  });

  test('the preview of an editor in a browser shows the whole page', async () => {
    await using opened = await open({ behind: {}, preview: true });
    const { tab, feed, lab } = opened;
    const editor = 'https://codespace.github.dev/';
    const body = `<iframe src="${new URL('/', tab.url())}" width="1200" height="900"></iframe>`;
    await tab.route(editor, (route) => route.fulfill({ contentType: 'text/html', body }));
    await tab.goto(editor);
    feed.push(...lossyStory().events);
    const preview = tab.frameLocator('iframe');
    await preview.getByRole('listbox').getByRole('option').first().waitFor();
    await preview.getByTestId('tab-break').click();
    await preview.getByTestId('break').click();
    await expect.poll(() => lab.done.join()).toMatch(/^break /);
  });

  test('another site can change nothing, even if it knows the address', async () => {
    await using opened = await open({ behind: {} });
    const { tab, lab } = opened;
    const form = `<form method="post" action="${tab.url()}api/heal"><button>Heal</button></form>`;
    await tab.route('http://other.localhost/', (route) =>
      route.fulfill({ contentType: 'text/html', body: form }),
    );
    await tab.goto('http://other.localhost/');
    await tab.getByRole('button').click();
    await tab.getByText('Only the page itself may request this').waitFor();
    expect(lab.done).toEqual([]);
  });
});
