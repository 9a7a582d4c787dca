import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Browser, Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPcapng } from '../lab/capture/pcapng-read.ts';
import { type Page, servePage } from './server.ts';
import { findBrowser, launchBrowser, openPage } from './testing/browser.ts';
import { FakeLab } from './testing/fake-lab.ts';
import { SYN } from './testing/frames.ts';
import { Feed } from './testing/sources.ts';
import { lossyStory, tcpClient, tcpConversation, tcpServer } from './testing/stories.ts';
import { Story } from './testing/story.ts';
import { Streams } from './testing/streams.ts';

const executable = findBrowser();
const steps = (tab: Tab) => tab.getByRole('listbox').getByRole('option');

describe.skipIf(executable === undefined)('the page in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser(executable ?? '');
  }, 60_000);
  afterAll(() => browser?.close());

  async function watched(lab = new FakeLab()): Promise<{ page: Page; feed: Feed; lab: FakeLab }> {
    const feed = new Feed();
    const options = { port: 0, maxEventsPerSecond: Number.POSITIVE_INFINITY };
    return { page: await servePage(feed, lab, options), feed, lab };
  }

  it('draws a conversation: calls, arrows, and a cross for what was lost', async () => {
    const { page, feed } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url, { viewport: { width: 1280, height: 1600 } });
    feed.push(...lossyStory().events);
    for (const words of ['SYN', 'SYN-ACK', 'FIN-ACK', 'connect 172.18.0.2:50000']) {
      await steps(tab).getByText(words, { exact: true }).first().waitFor();
    }
    await expect.poll(() => tab.getByTestId('cross').count()).toBe(2);
    await steps(tab).getByText('↻').first().waitFor();
    await tab.close();
  });

  it('shows the sentence, the fields and the bytes of what is clicked on', async () => {
    const { page, feed } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url, { viewport: { width: 1280, height: 1600 } });
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
    await tab.close();
  });

  it('shows one host, one conversation, or no calls', async () => {
    const { page, feed } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url, { viewport: { width: 1280, height: 1600 } });
    feed.push(...lossyStory().events);
    await steps(tab).getByText('connect').first().waitFor();
    await tab.getByRole('button', { name: 'Calls' }).click();
    await expect.poll(() => steps(tab).getByText('connect').count()).toBe(0);
    await tab.getByRole('button', { name: 'udp-client: show only this host' }).click();
    await expect.poll(() => steps(tab).getByText('SYN').count()).toBe(0);
    await steps(tab).getByText('ping 1').first().waitFor();
    await tab.getByRole('button', { name: 'Show all' }).click();
    await tab.getByTestId('conversation-filter').selectOption({ index: 1 });
    await expect.poll(() => steps(tab).getByText('ping 1').count()).toBe(0);
    await steps(tab).getByText('SYN', { exact: true }).waitFor();
    await tab.close();
  });

  it('heeds two choices that come before the next frame', async () => {
    const { page } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url);
    await tab.evaluate(
      `for (const one of [...document.querySelectorAll('.toggle')].slice(0, 2)) one.click()`,
    );
    for (const name of ['Calls', 'Logs']) {
      await tab.getByRole('button', { name, pressed: false }).waitFor();
    }
    await tab.close();
  });

  it('stands still while it is paused, and goes on from there', async () => {
    const { page, feed } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url);
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
    await tab.close();
  });

  it('is walked through with the keyboard', async () => {
    const { page, feed } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url);
    feed.push(...lossyStory().events);
    await steps(tab).first().waitFor();
    await tab.getByRole('listbox').focus();
    await tab.keyboard.press('Home');
    for (let i = 0; i < 7; i += 1) await tab.keyboard.press('ArrowDown');
    const title = tab.getByTestId('details').getByRole('heading');
    await expect.poll(() => title.textContent()).toBe('SYN');
    await tab.keyboard.press('ArrowLeft');
    await expect.poll(() => title.textContent()).toMatch(/^connect/);
    await tab.keyboard.press('End');
    await tab.getByRole('listbox').getByRole('option', { selected: true }).waitFor();
    await tab.close();
  });

  it('breaks, shows what was measured, and heals', async () => {
    const { page, feed, lab } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url);
    feed.push(...lossyStory().events);
    await tab.getByTestId('tab-break').click();
    await tab.getByTestId('break').click();
    await tab.getByTestId('faults').getByText('30 % of 10 packets lost').waitFor();
    expect(lab.done).toEqual([
      'break {"kind":"loss","from":"tcp-client","to":"tcp-server","percent":30}',
    ]);
    await tab.getByRole('button', { name: 'Heal tcp-client/loss-1' }).click();
    await tab.getByText('Nothing is broken.').waitFor();
    expect(lab.done.at(-1)).toBe('heal tcp-client/loss-1');
    await tab.close();
  });

  it('steps held packets by button and by key', async () => {
    const { page, feed, lab } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url);
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
    await tab.close();
  });

  it('decides upon a held packet where it is looked at', async () => {
    const { page, feed, lab } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url);
    const story = new Story().host(tcpClient).host(tcpServer);
    // As the first packet that this lab holds.
    const tcp = { flags: SYN, sequence: 1000, acknowledgment: 0 };
    const syn = { fromPort: 41_234, toPort: 50_000, tcp };
    feed.push(...story.packet(tcpClient, tcpServer, syn, { fate: 'held' }).events);
    await tab.getByTestId('tab-break').click();
    await tab.getByTestId('hold').click();
    await tab.getByTestId('release').waitFor();
    await steps(tab).getByText('SYN', { exact: false }).click();
    const decisions = tab.getByTestId('details').getByLabel('What becomes of it');
    await decisions.getByRole('button', { name: 'Drop' }).click();
    await expect.poll(() => decisions.count()).toBe(0);
    expect(lab.done.at(-1)).toBe('drop 1');
    await tab.close();
  });

  it('heeds single keys only while they are switched on, and remembers that', async () => {
    const { page } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url);
    const flip = async () => {
      await tab.getByText('Keys', { exact: true }).click();
      await tab.getByTestId('single-keys').click();
      await tab.keyboard.press('Escape');
    };
    await flip();
    await tab.reload();
    await tab.getByTestId('pause').waitFor();
    expect(await tab.getByTestId('pause').textContent()).toBe('Pause');
    await tab.keyboard.press('p');
    await flip();
    await tab.getByRole('listbox').focus();
    // Were the first press heeded as well, this would be the second.
    await tab.keyboard.press('p');
    await tab.getByTestId('live').waitFor();
    await tab.close();
  });

  it('saves a long diagram around what is seen, and says what is left out', async () => {
    const { page, feed } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url);
    const story = lossyStory();
    for (let i = 0; i < 60; i += 1) tcpConversation(story.wait(500), { clientPort: 42_000 + i });
    feed.push(...story.events);
    await steps(tab).getByText('FIN-ACK').first().waitFor();
    await tab.getByText('Save', { exact: true }).click();
    const downloading = tab.waitForEvent('download');
    await tab.getByText('SVG').click();
    const picture = (await readFile(await (await downloading).path())).toString();
    expect(Number(/ height="(\d+)"/.exec(picture)?.[1])).toBeLessThan(32_767);
    expect(picture.match(/class="step /g)).toHaveLength(300);
    expect(picture).toMatch(/[\d,]+ steps before these left out/);
    await tab.close();
  });

  it('saves packets, events and the diagram', async () => {
    const { page, feed } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url);
    const { events } = lossyStory();
    feed.push(...events);
    await steps(tab).getByText('ping 1').first().waitFor();
    const save = async (name: string) => {
      await tab.getByText('Save', { exact: true }).click();
      const downloading = tab.waitForEvent('download');
      await tab.getByText(name).click();
      return readFile(await (await downloading).path());
    };
    const packets = events.filter(({ kind }) => kind === 'packet');
    expect([...readPcapng(await save('pcapng'))]).toHaveLength(packets.length);
    expect((await save('JSON Lines')).toString().trimEnd().split('\n')).toHaveLength(events.length);
    const picture = (await save('SVG')).toString();
    mkdirSync('test-results/page', { recursive: true });
    writeFileSync('test-results/page/diagram.svg', picture);
    expect(picture).toMatch(/^<svg [^>]*>.*SYN-ACK.*<\/svg>$/s);
    // Other programs know neither.
    expect(picture).not.toMatch(/var\(|light-dark\(/);
    await tab.close();
  });

  it('says that the connection is lost, and goes on without a gap', async () => {
    const { page, feed } = await watched();
    await using _ = page;
    using streams = new Streams();
    const tab = await openPage(browser, page.url);
    const story = lossyStory();
    feed.push(...story.events.splice(0));
    await steps(tab).getByText('ping 1').first().waitFor();
    await tab.context().setOffline(true);
    streams.cut();
    await expect.poll(() => tab.getByTestId('connection').textContent()).toContain('lost');
    tcpConversation(story.wait(500), { clientPort: 41_235 });
    feed.push(...story.events);
    await tab.context().setOffline(false);
    await expect.poll(() => tab.getByTestId('connection').textContent()).toContain('Live');
    await tab.getByText('500 ms later').waitFor();
    expect(await tab.getByTestId('gap').count()).toBe(0);
    await tab.close();
  });

  it('can break a lab that it began to watch long ago, and says what is no longer kept', async () => {
    const feed = new Feed();
    await using page = await servePage(feed, new FakeLab(), { port: 0, maxEvents: 20 });
    const { events } = lossyStory();
    feed.push(...events);
    const tab = await openPage(browser, page.url);
    const gone = events.length - 20 - 4;
    await tab.getByText(`${gone} earlier events no longer kept`).waitFor();
    await tab.getByRole('button', { name: 'tcp-server: show' }).getByText('172.18.0.2').waitFor();
    await tab.getByTestId('tab-break').click();
    const choices = tab.getByRole('region', { name: 'Break the path' }).getByTestId('from');
    expect(await choices.getByRole('option').allTextContents()).toHaveLength(4);
    await tab.close();
  });

  it('says so when it shows a sample', async () => {
    const feed = new Feed();
    await using page = await servePage(feed, undefined, { port: 0, maxEventsPerSecond: 100 });
    const tab = await openPage(browser, page.url);
    const story = lossyStory();
    const notice = tab.getByTestId('sample');
    await expect
      .poll(async () => {
        for (let i = 0; i < 10; i += 1) tcpConversation(story.wait(1), { clientPort: 42_000 + i });
        feed.push(...story.events.splice(0));
        return (await notice.count()) > 0 ? notice.textContent() : '';
      })
      .toMatch(/^Showing [\d,]+ of [\d,]+ events a second$/);
    await tab.close();
  });

  it('keeps what is looked at in its place while more comes', async () => {
    const { page, feed } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url);
    const story = lossyStory();
    feed.push(...story.events.splice(0));
    await steps(tab).getByText('UDP 6 bytes').first().click();
    const row = tab.getByRole('listbox').getByRole('option', { selected: true });
    const before = await row.boundingBox();
    for (let i = 0; i < 20; i += 1) tcpConversation(story.wait(5), { clientPort: 42_000 + i });
    feed.push(...story.events);
    await expect.poll(() => tab.getByTestId('live').textContent()).toMatch(/\d+ new/);
    expect((await row.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);
    await tab.close();
  });

  it('shows text of peers as text', async () => {
    const { page, feed } = await watched();
    await using _ = page;
    const tab = await openPage(browser, page.url);
    const markup = '<img src=x onerror="document.title = 1"><b>bold</b>';
    feed.push({ kind: 'log', host: markup, atNs: '1790000000000000000', line: markup });
    await steps(tab).getByText('<img').first().click();
    expect(await tab.locator('b', { hasText: 'bold' }).count()).toBe(0);
    expect(await tab.title()).toBe('socketlab');
    await tab.close();
  });
});
