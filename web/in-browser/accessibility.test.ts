/** What a checker finds on the page by the rules of WCAG 2.2, A and AA, and what a screen reader has to say. */
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { checked } from '../testing/axe.ts';
import { describeInChromium, showStep, steps, tall, walkTo } from '../testing/chromium.ts';
import { lossyStory, wholeStory } from '../testing/stories.ts';

describeInChromium('the page for everybody', (open) => {
  test.each([
    { width: 1280, height: 860, colorScheme: 'light' },
    { width: 1280, height: 860, colorScheme: 'dark' },
    { width: 390, height: 844, colorScheme: 'light' },
    { width: 390, height: 844, colorScheme: 'dark' },
  ] as const)(
    'violates no accessibility rule at $width px, $colorScheme',
    async ({ width, height, colorScheme }) => {
      await using opened = await open({ viewport: { width, height }, colorScheme });
      const { tab, feed } = opened;
      await tab.evaluate(axe.source);
      const found: Record<string, string[]> = {};
      const check = async (what: string) => {
        const { violations, passes } = await checked(tab);
        expect(passes).toBeGreaterThan(10);
        if (violations.length > 0) found[what] = violations;
      };
      await check('nothing yet');
      feed.push(...wholeStory().events);
      await tab.getByTestId('held-mark').waitFor();
      await check('a conversation');
      await showStep(tab);
      await check('a step');
      await tab.getByTestId('tab-break').click();
      await tab.getByTestId('break').click();
      await tab.getByTestId('faults').waitFor();
      await tab.getByTestId('hold').click();
      await tab.getByTestId('held').getByRole('listitem').first().waitFor();
      await check('a fault and held packets');
      await tab.getByText('Keys', { exact: true }).click();
      await check('the keys');
      await tab.keyboard.press('Escape');
      await tab.getByRole('button', { name: 'Text' }).click();
      await tab.getByTestId('tab-conversations').click();
      await check('the list, and the conversations');
      expect(found).toEqual({});
    },
  );

  test('labels each step with its words in the diagram and its meaning', async () => {
    await using opened = await open(tall);
    const { tab, feed } = opened;
    feed.push(...lossyStory().events);
    for (const name of [
      /^PSH-ACK 22 bytes .* · lost\. Bytes 1 to 22 of what tcp-server sends.* Lost: /,
      /^connect 172\.18\.0\.2:50000\. tcp-client's connect makes the kernel send SYN/,
      /^loss-1 applied: tcp-client, loss 30 %\. A fault begins on the path/,
    ]) {
      await tab.getByRole('option', { name }).waitFor();
    }
    // Neither the scale of time nor a pause is one.
    const [, ...heard] = (await tab.getByRole('listbox').ariaSnapshot()).split('\n');
    expect(heard.filter((line) => !/^ {2}- '?option /.test(line))).toEqual([]);
  });

  test('announces the step that the keyboard has reached, while the focus stays on the diagram', async () => {
    await using opened = await open(tall);
    const { tab, feed } = opened;
    feed.push(...lossyStory().events);
    await steps(tab).first().waitFor();
    await walkTo(tab, 7);
    const syn = tab.getByRole('option', { name: /^SYN\. tcp-client's connect/, selected: true });
    await syn.waitFor();
    const focused = tab.locator(':focus');
    expect(await focused.getAttribute('role')).toBe('listbox');
    expect(await focused.getAttribute('aria-activedescendant')).toBe(await syn.getAttribute('id'));
  });

  test('has no empty list box', async () => {
    await using opened = await open();
    const { tab, feed } = opened;
    await tab.getByRole('group', { name: 'Sequence diagram' }).waitFor();
    expect(await tab.getByRole('listbox').count()).toBe(0);
    feed.push(...lossyStory().events);
    await tab.getByRole('listbox', { name: 'Sequence diagram' }).waitFor();
  });
});
