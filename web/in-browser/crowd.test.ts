import { mkdirSync } from 'node:fs';
import axe from 'axe-core';
import type { Page as Tab } from 'playwright-core';
import { expect, test } from 'vitest';
import { checked } from '../testing/axe.ts';
import { describeInChromium, steps, tall } from '../testing/chromium.ts';
import { crowd } from '../testing/crowd.ts';

const FOLDER = 'test-results/page';

/** Ten clients and their two servers, of 200 hosts. */
const talks = Array.from({ length: 10 }, (_, n) => [190 + n, n % 2] as const);
/** The rest talks less. */
const quiet = Array.from({ length: 40 }, (_, n) => [100 + n, 150 + n] as const);

async function heads(tab: Tab): Promise<string[]> {
  return (await tab.getByRole('group', { name: 'Hosts' }).locator('strong').allTextContents()).map(
    (name) => name.trim(),
  );
}

/** The names and addresses above the columns that have no room there. */
function cutOff(tab: Tab): Promise<string[]> {
  return tab
    .locator('.head, .head strong, .head small')
    .evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.outerHTML),
    );
}

describeInChromium('more hosts than there is room for', (open) => {
  test.each([
    { width: 1280, height: 860, shown: 8 },
    { width: 390, height: 844, shown: 3 },
  ])('those that talk most have a column, at $width px', async ({ width, height, shown }) => {
    await using opened = await open({ viewport: { width, height } });
    const { tab, feed } = opened;
    feed.push(...crowd({ hosts: 200, talks: [...talks, ...talks, ...quiet] }).events);
    await expect.poll(async () => (await heads(tab)).at(-1)).toBe(`and ${200 - shown} more hosts`);
    const names = await heads(tab);
    expect(names).toHaveLength(shown + 1);
    expect(names.slice(0, 2).sort()).toEqual(['host-0', 'host-1']);
    for (const name of names.slice(2, -1)) expect(name).toMatch(/^host-19\d$/);
    await steps(tab).getByText('SYN').first().waitFor();
    expect(await tab.getByTestId('others').textContent()).toMatch(/\d+ steps/);
    await tab.evaluate(axe.source);
    expect((await checked(tab)).violations).toEqual([]);
    // Nothing sticks out to the side.
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(width);
    mkdirSync(FOLDER, { recursive: true });
    await tab.screenshot({ path: `${FOLDER}/crowd-${width}.png` });
  });

  test('hosts that share a column and are reported at once do not write over each other', async () => {
    await using opened = await open(tall);
    const { tab, feed } = opened;
    const clients = Array.from({ length: 10 }, (_, n) => [2 + n, n % 2] as const);
    feed.push(...crowd({ hosts: 12, talks: clients }).events);
    await expect.poll(async () => (await heads(tab)).at(-1)).toBe('and 4 more hosts');
    await steps(tab).getByText('SYN').first().waitFor();
    await tab.getByRole('listbox').focus();
    await tab.keyboard.press('Home');
    const words = tab.locator('.step.host .label');
    await expect.poll(() => words.count()).toBe(12);
    expect(await words.filter({ hasText: 'running' }).count()).toBe(0);
  });

  test('any host can be chosen, and brings its peers along', async () => {
    await using opened = await open(tall);
    const { tab, feed } = opened;
    feed.push(...crowd({ hosts: 200, talks: [...talks, ...talks, ...quiet] }).events);
    await tab.getByTestId('others').click();
    await tab.getByTestId('host-filter').selectOption('host-103');
    await expect.poll(() => heads(tab)).toEqual(['host-103', 'host-153']);
    await steps(tab).getByText('connect').first().waitFor();
    await tab.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(async () => (await heads(tab)).at(-1)).toMatch(/more hosts$/);
    // The list has a sentence for each step, also for those that are not drawn.
    await tab.getByRole('button', { name: 'Text' }).click();
    await tab.getByTestId('list').getByText('host-15').first().waitFor();
  });

  test('a packet from or to a host without a column names it', async () => {
    await using opened = await open(tall);
    const { tab, feed } = opened;
    feed.push(...crowd({ hosts: 200, talks }).events);
    await steps(tab)
      .getByText(/^host-19\d: SYN$/)
      .first()
      .waitFor();
    await steps(tab)
      .getByText(/^SYN-ACK → host-19\d$/)
      .first()
      .waitFor();
  });

  test('hosts without a column share the last one, their steps marked with their names', async () => {
    await using opened = await open(tall);
    const { tab, feed } = opened;
    const among = [[11, 10]] as const;
    feed.push(
      ...crowd({
        hosts: 12,
        talks: [...talks.map(([, s], n) => [2 + (n % 6), s] as const), ...among],
      }).events,
    );
    await expect.poll(async () => (await heads(tab)).at(-1)).toBe('and 4 more hosts');
    await steps(tab).getByText('host-11: connect').first().waitFor();
    expect(await cutOff(tab)).toEqual([]);
  });
});
