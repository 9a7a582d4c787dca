import { expect, test } from 'vitest';
import { describeInChromium, steps } from '../testing/chromium.ts';
import { SYN } from '../testing/frames.ts';
import { lossyStory, tcpClient, tcpServer } from '../testing/stories.ts';
import { Story } from '../testing/story.ts';

describeInChromium('faults and held packets on the page', (open) => {
  test('a fault is begun, measured and healed on the page', async () => {
    await using opened = await open();
    const { tab, feed, lab } = opened;
    feed.push(...lossyStory().events);
    await tab.getByTestId('tab-break').click();
    const both = tab.getByRole('checkbox', { name: 'both directions' });
    await both.waitFor();
    // It is between two hosts.
    await tab.getByTestId('kind').selectOption('partition');
    await both.waitFor({ state: 'detached' });
    await tab.getByTestId('kind').selectOption('loss');
    await tab.getByTestId('break').click();
    await tab.getByTestId('faults').getByText('30 % of 10 packets lost').waitFor();
    await tab.getByTestId('tab-conversations').click();
    await tab.getByTestId('fault-count').getByText('1 fault').waitFor();
    await tab.getByTestId('fault-mark').waitFor();
    await tab
      .getByRole('button', { name: /^tcp-client .*fault from tcp-server: loss 30 %/ })
      .waitFor();
    await tab.getByTestId('tab-break').click();
    expect(lab.done).toEqual([
      'break {"kind":"loss","from":"tcp-client","to":"tcp-server","percent":30}',
    ]);
    await tab.getByRole('button', { name: 'Heal loss-1' }).click();
    await tab.getByText('There are no faults.').waitFor();
    expect(await tab.getByTestId('fault-count').count()).toBe(0);
    expect(lab.done.at(-1)).toBe('heal loss-1');
  });

  test('steps held packets by button and by key', async () => {
    await using opened = await open();
    const { tab, feed, lab } = opened;
    feed.push(...lossyStory().events);
    await tab.getByTestId('tab-break').click();
    await tab.getByTestId('hold').click();
    const held = tab.getByTestId('held').getByRole('listitem');
    await expect.poll(() => held.count()).toBe(2);
    await held.first().getByRole('button', { name: 'Drop' }).click();
    await expect.poll(() => tab.getByTestId('held').getByRole('listitem').count()).toBe(1);
    // The second press finds nothing that is still to be decided.
    await tab.keyboard.press('2');
    await tab.keyboard.press('2');
    await expect.poll(() => tab.getByTestId('held').getByRole('listitem').count()).toBe(0);
    expect(await tab.getByRole('alert').count()).toBe(0);
    await tab.getByTestId('release').click();
    await tab.getByTestId('hold').waitFor();
    expect(lab.done).toEqual(['hold tcp-client tcp-server', 'drop 1', 'duplicate 2', 'release']);
  });

  test('a held packet can be decided on in its details', async () => {
    await using opened = await open();
    const { tab, feed, lab } = opened;
    const story = new Story().host(tcpClient).host(tcpServer);
    // As the first packet that this lab holds.
    const tcp = { flags: SYN, sequence: 1000, acknowledgment: 0 };
    const syn = { fromPort: 41_234, toPort: 50_000, tcp };
    feed.push(...story.packet(tcpClient, tcpServer, syn, { fate: 'held' }).events);
    await tab.getByTestId('tab-break').click();
    await tab.getByTestId('hold').click();
    await tab.getByTestId('release').waitFor();
    await steps(tab).getByText('SYN', { exact: false }).click();
    const decisions = tab.getByTestId('details').getByLabel('Decision');
    await decisions.getByRole('button', { name: 'Drop' }).click();
    await expect.poll(() => decisions.count()).toBe(0);
    expect(lab.done.at(-1)).toBe('drop 1');
  });
});
