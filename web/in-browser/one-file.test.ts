/** The page as one file, opened without a server and without a network. */
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { readPcapng } from '../../lab/capture/pcap/pcapng-read.ts';
import { oneFile } from '../one-file.ts';
import type { PageReport } from '../page/report.ts';
import { checked } from '../testing/axe.ts';
import { describeInChromium, saved, steps } from '../testing/chromium.ts';
import { lossyStory, tcpConversation } from '../testing/stories.ts';

const FOLDER = 'test-results/page';
const { events } = lossyStory();
const lines = events.map((event) => JSON.stringify(event));
/** The greeting that is read. */
const read = events.find((event) => event.kind === 'call' && event.call === 'read');
const HOSTILE =
  '</script><script>document.title = "stolen"</script><img src=x onerror="document.title = 1">';
/** The program had been at work for a while when the greeting was read. */
const SECONDS_BEFORE = 7;
const report: PageReport = {
  sinceNs: String(BigInt(read?.atNs ?? 0) - BigInt(SECONDS_BEFORE) * 1_000_000_000n),
  title: 'my-server/ as tcp-server: 1 of 3 checks passed',
  entries: [
    { mark: 'passed', title: 'V2 can be reached from another host' },
    {
      mark: 'failed',
      title: 'T1 sends the greeting, byte for byte, and nothing else',
      facts: [
        { label: 'did', text: 'connected, and sent nothing' },
        { label: 'bytes', text: `${'4c '.repeat(60)}\n${'x'.repeat(300)}`, isVerbatim: true },
        { label: 'printed at last', text: HOSTILE, isVerbatim: true },
      ],
      at: { host: read?.host ?? '', atNs: read?.atNs ?? '' },
    },
    { mark: 'not-reached', title: 'T2 closes the connection behind the greeting' },
  ],
};

async function written(name: string, options: { readonly report?: PageReport }): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  const file = resolve(FOLDER, name);
  await writeFile(file, await oneFile(lines, { title: `lab ${HOSTILE}`, ...options }));
  return file;
}

describeInChromium('the page as a file', (_open, openFile) => {
  test('shows a whole recording, plays it, and saves it again', async () => {
    const tab = await openFile(await written('recording.html', {}));
    const troubles: string[] = [];
    tab.on('pageerror', (error) => troubles.push(String(error)));
    tab.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    await steps(tab).getByText('SYN-ACK').first().waitFor();
    expect(await tab.getByTestId('connection').textContent()).toContain('Recording');
    expect(await tab.getByRole('tab').allTextContents()).toHaveLength(2);
    const save = (name: string) => saved(tab, name);
    const sent = events.filter((event) => event.kind === 'packet' && event.direction === 'out');
    expect([...readPcapng(await save('pcapng'))]).toHaveLength(sent.length);
    expect((await save('JSON Lines')).toString().trimEnd().split('\n').slice(1)).toEqual(lines);
    await tab.getByTestId('play').click();
    await tab.getByText('Playing').waitFor();
    // The last exchange comes a second after the first.
    await expect.poll(() => steps(tab).getByText('ping 1').count()).toBe(0);
    await steps(tab).getByText('ping 1').first().waitFor();
    await tab.getByTestId('play').waitFor();
    expect(troubles).toEqual([]);
    await tab.close();
  });

  test.each([
    { width: 1280, height: 860, colorScheme: 'light' },
    { width: 390, height: 844, colorScheme: 'dark' },
  ] as const)(
    'shows a report beside the step that it is about, at $width px, $colorScheme',
    async ({ width, height, colorScheme }) => {
      const context = { viewport: { width, height }, colorScheme, bypassCSP: true };
      const tab = await openFile(await written('report.html', { report }), context);
      const failed = tab.locator('.report .failed');
      await failed.getByText('connected, and sent nothing').waitFor();
      await tab.locator('[role=option][aria-selected=true]').waitFor();
      // What is wrong comes first.
      expect(await tab.locator('.report li').first().getAttribute('class')).toBe('failed');
      expect(await tab.title()).toBe(`lab ${HOSTILE}`);
      expect(await tab.locator('img').count()).toBe(0);
      const cutOff = tab
        .locator('#panel, #panel *')
        .evaluateAll((all) =>
          all
            .filter((one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth)
            .map((one) => one.outerHTML),
        );
      expect(await cutOff).toEqual([]);
      await tab.screenshot({ path: `${FOLDER}/report-${width}-${colorScheme}.png` });
      await tab.evaluate(axe.source);
      expect((await checked(tab)).violations).toEqual([]);
      const wrong = tab.locator('[role=option].wrong');
      await wrong.getByText('here it went wrong (T1)').waitFor();
      await tab.locator('[role=option][aria-selected=true].wrong').waitFor();
      // The step is shown beside the report, which stays.
      await tab.getByRole('listbox').focus();
      await tab.keyboard.press('Home');
      await tab.getByRole('tab', { name: 'Report' }).click();
      await failed.getByRole('button').click();
      await tab.locator('[role=option][aria-selected=true].wrong').waitFor();
      expect(await failed.isVisible()).toBe(true);
      await tab.close();
    },
  );

  test('shows every step of a recording that is longer than what is kept of a lab', async () => {
    const story = lossyStory();
    for (let i = 0; i < 250; i += 1) tcpConversation(story.wait(1), { clientPort: 30_000 + i });
    const long = story.events.map((event) => JSON.stringify(event));
    mkdirSync(FOLDER, { recursive: true });
    const file = resolve(FOLDER, 'long.html');
    await writeFile(file, await oneFile(long, { title: 'long' }));
    const tab = await openFile(file);
    await tab.getByRole('listbox').focus();
    await tab.keyboard.press('Home');
    await tab.getByRole('option', { name: /^tcp-client running/, selected: true }).waitFor();
    await tab.close();
  });

  test('a moment has the same time in the diagram as in the report', async () => {
    const tab = await openFile(await written('times.html', { report }));
    const time = tab.locator('text.time:has(+ [aria-selected=true])');
    expect(await time.textContent()).toBe(`${SECONDS_BEFORE}.000000`);
    await tab.close();
  });
});
