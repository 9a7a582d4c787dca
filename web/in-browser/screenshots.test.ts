/** Pictures of the page, kept in test-results/ to be looked at. What they show is tested, not how they look. */
import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeInChromium, showStep } from '../testing/chromium.ts';
import { tcpConversation, wholeStory } from '../testing/stories.ts';

const FOLDER = 'test-results/page';

describeInChromium('pictures of the page', (open) => {
  test.each([
    { width: 1280, height: 860, colorScheme: 'light' },
    { width: 1280, height: 860, colorScheme: 'dark' },
    { width: 768, height: 1024, colorScheme: 'light' },
    { width: 390, height: 844, colorScheme: 'light' },
    { width: 390, height: 844, colorScheme: 'dark' },
    { width: 360, height: 640, colorScheme: 'light' },
  ] as const)('at $width px, $colorScheme', async ({ width, height, colorScheme }) => {
    await using opened = await open({ viewport: { width, height }, colorScheme });
    const { tab, feed } = opened;
    mkdirSync(FOLDER, { recursive: true });
    const save = (name: string) =>
      tab.screenshot({ path: `${FOLDER}/${name}-${width}-${colorScheme}.png` });
    const story = wholeStory();
    feed.push(...story.events.splice(0));
    await tab.getByTestId('held-mark').waitFor();
    tcpConversation(story.wait(5), { clientPort: 41_250 });
    feed.push(...story.events);
    await tab.locator('.dot').first().waitFor();
    await save('live');
    // There is room for all four.
    expect(await tab.locator('.head:not(.others)').count()).toBe(4);
    await showStep(tab);
    await save('step');
    await tab.getByTestId('tab-break').click();
    await tab.getByTestId('break').click();
    await tab.getByTestId('faults').waitFor();
    await tab.getByTestId('hold').click();
    await tab.getByTestId('held').getByRole('listitem').first().waitFor();
    await save('break');
    if (width > 400) await tab.getByText('Keys', { exact: true }).click();
    await save('keys');
    await tab.keyboard.press('Escape');
    await tab.getByTestId('tab-conversations').click();
    await tab.getByRole('button', { name: 'Text' }).click();
    await save('list');
    // Nothing sticks out to the side, whatever the width.
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });
});
