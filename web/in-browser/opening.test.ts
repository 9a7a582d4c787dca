import { expect, it } from 'vitest';
import { describeInChromium } from '../testing/chromium.ts';

describeInChromium('opening the page', (open) => {
  it('names every module at once, and loads each once', async () => {
    await using opened = await open();
    const { tab } = opened;
    const named = await tab.evaluate<string[]>(
      `[...document.querySelectorAll('script, link[rel=modulepreload]')].map((one) => one.src ?? one.href)`,
    );
    const loaded = await tab.evaluate<string[]>(
      `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /\\.[jt]s$/.test(name))`,
    );
    expect(loaded.length).toBeGreaterThan(50);
    expect(loaded.toSorted()).toEqual(named.toSorted());
  });
});
