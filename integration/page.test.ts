/** The page in a real browser, beside real hosts: what a learner does with it, from the first packet to the one that is stepped. */
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Browser, Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Host, Lab } from '../lab/index.ts';
import { labActions } from '../web/actions.ts';
import { servePage } from '../web/server.ts';
import { findBrowser, openPage, sharedBrowser } from '../web/testing/browser.ts';
import { startConversation, startOnDemandClient } from './support/on-demand-client.ts';
import { type Service, startService } from './support/services.ts';

const FOLDER = 'test-results/page-of-a-lab';
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const executable = findBrowser();

describe.skipIf(executable === undefined)('the page of a lab that runs', () => {
  let browser: Browser;
  let lab: Lab;
  let server: Service;
  let client: Host;

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    lab = await Lab.start();
    [browser, server, client] = await Promise.all([
      sharedBrowser(executable ?? ''),
      startService(lab, 'tcp-server'),
      startOnDemandClient(lab, 'tcp-client', 'tcp-client'),
    ]);
  });
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
  });

  /** A page of the lab, open in a tab, until the test has ended; of one that fails the page is kept as it is then. */
  async function watched(): Promise<Tab> {
    await using starting = new AsyncDisposableStack();
    const watch = starting.use(await lab.watch());
    const page = starting.use(await servePage(watch, labActions(lab), { port: 0 }));
    const tab = await openPage(browser, page.url, { viewport: WIDE });
    starting.defer(() => tab.close());
    const all = starting.move();
    onTestFinished(async ({ task }) => {
      await using _page = all;
      if (task.result?.state !== 'fail') return;
      const path = `${FOLDER}/failed-${Date.now()}`;
      await tab.screenshot({ path: `${path}.png` });
      await writeFile(`${path}.html`, await tab.content());
    });
    return tab;
  }

  test('draws a conversation, with its calls', async () => {
    const tab = await watched();
    await startConversation(client, server.ipv4);
    const said = [
      'connect ',
      'SYN',
      'SYN-ACK',
      'ACK',
      'accept ',
      'write 38',
      'PSH-ACK 38',
      'FIN-ACK',
    ];
    for (const words of said) await stepsOf(tab).getByText(words).first().waitFor();
    // A connect that does not wait has not failed.
    expect(await stepsOf(tab).getByText('EINPROGRESS').count()).toBe(1);
    expect(await tab.locator('.failed').count()).toBe(0);
    await stepsOf(tab).getByText('SYN-ACK', { exact: true }).click();
    await expect.poll(() => tab.getByTestId('sentence').textContent()).toContain('by itself');
    await pictures(tab, 'conversation');
  });

  test('breaks the path: the cross of a lost packet is seen, and after healing what repeats it', async () => {
    const tab = await watched();
    await tab.getByTestId('tab-break').click();
    await choose(tab.getByRole('region', { name: 'Break the path' }));
    await tab.getByTestId('amount').fill('100');
    await tab.getByTestId('break').click();
    await tab.getByTestId('faults').getByText('tcp-client → tcp-server').waitFor();

    await startConversation(client, server.ipv4);
    await tab.getByTestId('cross').first().waitFor();
    await pictures(tab, 'broken');
    // Neither did another size of the window end that.
    await tab.getByTestId('pause').waitFor();
    await tab.getByTestId('heal-all').click();
    await tab.getByText('There are no faults.').waitFor();
    await stepsOf(tab).getByText('↻ SYN', { exact: true }).first().waitFor();
    await stepsOf(tab).getByText('SYN-ACK', { exact: true }).waitFor();
    await stepsOf(tab).getByText('FIN-ACK', { exact: true }).first().waitFor();
    await pictures(tab, 'healed');
  });

  test('steps packets: one that is dropped is sent again, and the conversation goes on', async () => {
    const tab = await watched();
    await tab.getByTestId('tab-break').click();
    await choose(tab.getByRole('region', { name: 'Step packets' }));
    await tab.getByTestId('hold').click();
    await tab.getByTestId('release').waitFor();
    await startConversation(client, server.ipv4);
    const held = tab.getByTestId('held').getByRole('listitem');
    await held.first().getByText('TCP SYN').waitFor();
    await tab.getByTestId('held-mark').waitFor();
    await pictures(tab, 'held');
    // Where it is looked at it can be decided upon, too. On a slow machine it has been sent again by now.
    await stepsOf(tab).getByText('SYN · held', { exact: true }).first().click();
    await tab.getByTestId('details').getByRole('button', { name: 'Drop' }).click();
    await tab.getByTestId('cross').first().waitFor();
    await tab.getByTestId('tab-break').click();
    // The kernel sends it again, which is held as well.
    await held.first().getByText('TCP SYN').waitFor();
    await tab.getByTestId('release').click();
    await stepsOf(tab).getByText('↻ SYN', { exact: true }).first().waitFor();
    // Of the diagram only what is in view is in the document.
    await tab.getByTestId('tab-conversations').click();
    await tab.getByText('closed', { exact: true }).first().waitFor();
    await expect.poll(async () => (await lab.faults()).paths).toEqual([]);
  });
});

const stepsOf = (tab: Tab) => tab.getByRole('listbox').getByRole('option');

/** The path from the client to the server, in a form of the page. */
async function choose(form: ReturnType<Tab['getByRole']>): Promise<void> {
  await form.getByTestId('from').selectOption('tcp-client');
  await form.getByTestId('to').selectOption('tcp-server');
}

/** What is seen now, at both widths: to be looked at. */
async function pictures(tab: Tab, name: string): Promise<void> {
  for (const viewport of [PHONE, WIDE]) {
    await tab.setViewportSize(viewport);
    await tab.screenshot({ path: `${FOLDER}/${name}-${viewport.width}.png` });
  }
}
