import type { AxeResults } from 'axe-core';
import type { Page as Tab } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What is wrong on a page that has axe, and where; and how many rules are kept. */
export async function checked(tab: Tab): Promise<{ violations: string[]; passes: number }> {
  const options = JSON.stringify({ runOnly: RULES });
  const { violations, passes } = await tab.evaluate<AxeResults>(`axe.run(${options})`);
  const words: string[] = [];
  for (const { id, nodes } of violations) {
    for (const { target, failureSummary } of nodes) {
      const where = target.join(' ');
      if (id === 'label-content-name-mismatch' && (await isCut(tab, where))) continue;
      words.push(`${id}: ${where}: ${failureSummary}`);
    }
  }
  return { violations: words, passes: passes.length };
}

/** Where there is no room for a label its end is left out, maybe within a word; it is whole in the name. */
async function isCut(tab: Tab, selector: string): Promise<boolean> {
  const element = tab.locator(selector);
  const [, seen] = /^(.+)…$/.exec((await element.textContent())?.trim() ?? '') ?? [];
  return (
    seen !== undefined && (await element.getAttribute('aria-label'))?.startsWith(seen) === true
  );
}
