import { expect, test } from 'vitest';
import type { LabEvent } from '../../lab/index.ts';
import { describeInChromium, steps, tall } from '../testing/chromium.ts';
import { SYN } from '../testing/frames.ts';
import { lossyStory, tcpClient, tcpServer } from '../testing/stories.ts';
import { Story } from '../testing/story.ts';

/** A SYN that is delayed for a minute, and what a host logs meanwhile. */
function longDelay(sinceNs: string): LabEvent[] {
  const start = BigInt(sinceNs) + 1_000_000n;
  const tcp = { flags: SYN, sequence: 77_000, acknowledgment: 0 };
  const syn = { fromPort: 41_240, toPort: 50_000, tcp };
  const story = new Story(start);
  story.packet(tcpClient, tcpServer, syn, { fate: 'delayed', flightMs: 60_000 });
  const logs = new Story(start);
  for (let i = 0; i < 5; i += 1) logs.wait(10_000).log(tcpServer.name, 'waiting');
  const { events } = story;
  return [...events.slice(0, -1), ...logs.events, ...events.slice(-1)];
}

describeInChromium('what the page draws', (open) => {
  test('draws a conversation: calls, arrows, and a cross for what was lost', async () => {
    await using opened = await open(tall);
    const { tab, feed } = opened;
    const { events } = lossyStory();
    feed.push(...events);
    for (const words of ['SYN', 'SYN-ACK', 'FIN-ACK', 'connect 172.18.0.2:50000']) {
      await steps(tab).getByText(words, { exact: true }).first().waitFor();
    }
    await expect.poll(() => tab.getByTestId('cross').count()).toBe(2);
    await steps(tab).getByText('↻').first().waitFor();
    expect(await tab.getByTestId('arrival').count()).toBe(0);
    feed.push(...longDelay(events.at(-1)?.atNs ?? ''));
    // It leaves, and much later it arrives: what came between is not crossed.
    await tab.getByTestId('arrival').getByText('SYN').waitFor();
  });

  test('shows the sentence, the fields and the bytes of what is clicked on', async () => {
    await using opened = await open(tall);
    const { tab, feed } = opened;
    feed.push(...lossyStory().events);
    await steps(tab).getByText('SYN', { exact: true }).click();
    await expect.poll(() => tab.getByTestId('sentence').textContent()).toContain('tcp-client');
    await tab.getByRole('cell', { name: '41234' }).waitFor();
    await expect.poll(() => tab.getByTestId('hex').textContent()).toContain('ac 12 00 03');
    // From the packet to the call that caused it, and so to what that call did.
    await tab
      .getByTestId('details')
      .getByRole('button', { name: /^connect/ })
      .click();
    await expect.poll(() => tab.getByTestId('details').textContent()).toContain('Made the kernel');
  });

  test('shows one host, one conversation, or no calls', async () => {
    await using opened = await open(tall);
    const { tab, feed } = opened;
    feed.push(...lossyStory().events);
    await steps(tab).getByText('connect').first().waitFor();
    await tab.getByRole('button', { name: 'Calls' }).click();
    await expect.poll(() => steps(tab).getByText('connect').count()).toBe(0);
    await tab.getByRole('button', { name: 'udp-client 172.18.0.5' }).click();
    await expect.poll(() => steps(tab).getByText('SYN').count()).toBe(0);
    await steps(tab).getByText('ping 1').first().waitFor();
    await tab.getByRole('button', { name: 'Show all' }).click();
    await tab.getByTestId('conversation-filter').selectOption({ index: 1 });
    await expect.poll(() => steps(tab).getByText('ping 1').count()).toBe(0);
    await steps(tab).getByText('SYN', { exact: true }).waitFor();
  });

  test('applies two choices that are made within one frame', async () => {
    await using opened = await open();
    const { tab } = opened;
    await tab.evaluate(
      `for (const one of [...document.querySelectorAll('.toggle')].slice(0, 2)) one.click()`,
    );
    for (const name of ['Calls', 'Logs']) {
      await tab.getByRole('button', { name, pressed: false }).waitFor();
    }
  });

  test('shows what a peer sent as text, never as HTML', async () => {
    await using opened = await open();
    const { tab, feed } = opened;
    const markup = '<img src=x onerror="document.title = 1"><b>bold</b>';
    feed.push({ kind: 'log', host: markup, atNs: '1790000000000000000', line: markup });
    await steps(tab).getByText('<img').first().click();
    expect(await tab.locator('b', { hasText: 'bold' }).count()).toBe(0);
    expect(await tab.title()).toBe('socketlab');
  });
});
