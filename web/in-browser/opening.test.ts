import { expect, test } from 'vitest';
import { describeInChromium } from '../testing/chromium.ts';

describeInChromium('opening the page', (open) => {
  test('names every module at once, and loads each once', async () => {
    await using opened = await open();
    const { tab } = opened;
    const named = await tab.evaluate<string[]>(
      `[...document.querySelectorAll('script[src], link[rel=modulepreload]')].map((one) => one.src ?? one.href)`,
    );
    const loaded = await tab.evaluate<string[]>(
      `performance.getEntriesByType('resource').filter((one) => one.responseStatus === 200).map(({ name }) => name).filter((name) => /\\.[jt]s$/.test(name))`,
    );
    expect(loaded.length).toBeGreaterThan(50);
    expect(loaded.toSorted()).toEqual(named.toSorted());
  });

  test.each(['panel.css', 'app.ts'])('recovers when %s fails to load at first', async (file) => {
    await using opened = await open();
    const { tab } = opened;
    let failures = 0;
    await tab.route(`**/web/page/${file}`, async (route) => {
      failures += 1;
      if (failures <= 2) await route.abort('connectionaborted');
      else await route.continue();
    });
    await tab.reload();
    const display = `getComputedStyle(document.querySelector('.tabs')).display`;
    await expect.poll(() => tab.evaluate(display).catch(() => undefined)).toBe('flex');
    // Or more often, where a network interface came or went meanwhile.
    expect(failures).toBeGreaterThanOrEqual(3);
  });
});
