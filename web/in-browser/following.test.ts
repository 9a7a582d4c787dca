import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMAND, describeInChromium, steps } from '../testing/chromium.ts';
import { lossyStory, tcpConversation } from '../testing/stories.ts';
import { Streams } from '../testing/streams.ts';

const FOLDER = 'test-results/page';

describeInChromium('the page follows a lab', (open) => {
  test('stands still while paused, and carries on from there', async () => {
    await using opened = await open();
    const { tab, feed } = opened;
    const story = lossyStory();
    feed.push(...story.events.splice(0));
    await steps(tab).getByText('ping 1').first().waitFor();
    await tab.keyboard.press('p');
    tcpConversation(story.wait(500), { clientPort: 41_235 });
    feed.push(...story.events);
    await expect.poll(() => tab.getByTestId('live').textContent()).toMatch(/\d+ new/);
    expect(await steps(tab).getByText('500 ms later').count()).toBe(0);
    await tab.getByTestId('live').click();
    await tab.getByText('500 ms later').waitFor();
  });

  test('reports a lost connection, and carries on without a gap', async () => {
    using streams = new Streams();
    await using opened = await open();
    const { tab, feed } = opened;
    const story = lossyStory();
    feed.push(...story.events.splice(0));
    await steps(tab).getByText('ping 1').first().waitFor();
    await tab.context().setOffline(true);
    streams.cut();
    await expect.poll(() => tab.getByTestId('connection').textContent()).toContain('lost');
    await tab.getByTestId('gone').getByText(COMMAND, { exact: true }).waitFor();
    await tab.getByTestId('tab-break').click();
    for (const id of ['hold', 'break']) expect(await tab.getByTestId(id).isDisabled()).toBe(true);
    await tab.getByText('Whether there are faults is not known').waitFor();
    mkdirSync(FOLDER, { recursive: true });
    await tab.screenshot({ path: `${FOLDER}/gone.png` });
    tcpConversation(story.wait(500), { clientPort: 41_235 });
    feed.push(...story.events);
    await tab.context().setOffline(false);
    await expect.poll(() => tab.getByTestId('connection').textContent()).toContain('Live');
    await tab.getByText('500 ms later').waitFor();
    expect(await tab.getByTestId('gap').count()).toBe(0);
    expect(await tab.getByTestId('gone').count()).toBe(0);
    expect(await tab.getByTestId('break').isEnabled()).toBe(true);
  });

  test('keeps what is in view in place while more arrives', async () => {
    await using opened = await open();
    const { tab, feed } = opened;
    const story = lossyStory();
    feed.push(...story.events.splice(0));
    await steps(tab).getByText('UDP 6 bytes').first().click();
    const row = tab.getByRole('listbox').getByRole('option', { selected: true });
    const before = await row.boundingBox();
    for (let i = 0; i < 20; i += 1) tcpConversation(story.wait(5), { clientPort: 42_000 + i });
    feed.push(...story.events);
    await expect.poll(() => tab.getByTestId('live').textContent()).toMatch(/\d+ new/);
    expect((await row.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);
  });

  test('can break a lab that it has watched for long, and says what is no longer kept', async () => {
    const { events } = lossyStory();
    await using opened = await open({ events, limits: { maxEvents: 20 } });
    const { tab } = opened;
    const gone = events.length - 20 - 4;
    await tab.getByText(`${gone} earlier events no longer kept`).waitFor();
    await tab
      .getByRole('button', { name: 'tcp-server 172.18.0.2' })
      .getByText('172.18.0.2')
      .waitFor();
    await tab.getByTestId('tab-break').click();
    const choices = tab.getByRole('region', { name: 'Break the path' }).getByTestId('from');
    expect(await choices.getByRole('option').allTextContents()).toHaveLength(4);
  });

  test('says when it shows a sample only', async () => {
    await using opened = await open({ limits: { maxEventsPerSecond: 100 } });
    const { tab, feed } = opened;
    const story = lossyStory();
    const notice = tab.getByTestId('sample');
    await expect
      .poll(async () => {
        for (let i = 0; i < 10; i += 1) tcpConversation(story.wait(1), { clientPort: 42_000 + i });
        feed.push(...story.events.splice(0));
        return (await notice.count()) > 0 ? notice.textContent() : '';
      })
      .toMatch(/^Showing [\d,]+ of [\d,]+ events per second$/);
  });
});
