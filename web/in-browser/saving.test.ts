import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readPcapng } from '../../lab/capture/pcap/pcapng-read.ts';
import { describeInChromium, saved, steps } from '../testing/chromium.ts';
import { lossyStory, tcpConversation } from '../testing/stories.ts';

describeInChromium('what the page saves', (open) => {
  test('saves of a long diagram the part around the view, and says what is left out', async () => {
    await using opened = await open();
    const { tab, feed } = opened;
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
  });

  test('saves packets, events and the diagram', async () => {
    await using opened = await open();
    const { tab, feed } = opened;
    const { events } = lossyStory();
    feed.push(...events);
    await steps(tab).getByText('ping 1').first().waitFor();
    const save = (name: string) => saved(tab, name);
    const packets = events.filter((event) => event.kind === 'packet' && event.direction === 'out');
    expect([...readPcapng(await save('pcapng'))]).toHaveLength(packets.length);
    const lines = (await save('JSON Lines')).toString().trimEnd().split('\n');
    expect(lines).toHaveLength(1 + events.length);
    const picture = (await save('SVG')).toString();
    mkdirSync('test-results/page', { recursive: true });
    writeFileSync('test-results/page/diagram.svg', picture);
    expect(picture).toMatch(/^<svg [^>]*>.*SYN-ACK.*<\/svg>$/s);
    // Other programs know neither.
    expect(picture).not.toMatch(/var\(|light-dark\(/);
  });
});
