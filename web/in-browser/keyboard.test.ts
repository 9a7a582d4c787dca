import { expect, test } from 'vitest';
import { describeInChromium, steps, walkTo } from '../testing/chromium.ts';
import { lossyStory, tcpConversation } from '../testing/stories.ts';

describeInChromium('the page at the keyboard', (open) => {
  test('steps are walked through with the keyboard', async () => {
    await using opened = await open();
    const { tab, feed } = opened;
    feed.push(...lossyStory().events);
    await steps(tab).first().waitFor();
    await walkTo(tab, 7);
    const title = tab.getByTestId('details').getByRole('heading');
    await expect.poll(() => title.textContent()).toBe('SYN');
    await tab.keyboard.press('ArrowLeft');
    await expect.poll(() => title.textContent()).toMatch(/^connect/);
    await tab.keyboard.press('End');
    await tab.getByRole('listbox').getByRole('option', { selected: true }).waitFor();
  });

  test('Enter chooses the conversation that was read, whatever comes meanwhile', async () => {
    await using opened = await open();
    const { tab, feed } = opened;
    const story = lossyStory();
    feed.push(...story.events.splice(0));
    const udp = tab.getByRole('button', { name: /^UDP .*udp-client:39001/ });
    await udp.focus();
    const before = await udp.boundingBox();
    tcpConversation(story.wait(500), { clientPort: 41_235 });
    feed.push(...story.events);
    await tab.getByTestId('newer').getByText('1 newer conversation').waitFor();
    expect(await udp.boundingBox()).toEqual(before);
    await tab.keyboard.press('Enter');
    await tab.locator('[aria-pressed=true]', { hasText: 'udp-client:39001' }).waitFor();
    await tab.getByRole('listbox').focus();
    await tab.getByTestId('newer').getByText('The latest first').waitFor();
    await tab.getByRole('button', { name: /tcp-client:41235/ }).waitFor();
  });

  test('obeys single keys only while they are switched on, and remembers that', async () => {
    await using opened = await open();
    const { tab } = opened;
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
    await tab.getByRole('group', { name: 'Sequence diagram' }).focus();
    // Were the first press heeded as well, this would be the second.
    await tab.keyboard.press('p');
    await tab.getByTestId('live').waitFor();
  });
});
