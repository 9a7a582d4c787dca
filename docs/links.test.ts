/** Documents refer to each other, and to files of the repository; both move. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const pages = globSync(['*.md', 'docs/*.md', 'exercises/**/*.md'], { cwd: ROOT });

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Relative to the repository where it is hosted, whoever hosts it: there it begins a codespace. */
const CODESPACE = '../../codespaces/new?hide_repo_select=true';

test.each(pages)('every link in %s leads to a file, and to a heading in it', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)];
  const broken = links.filter(([, path = '', anchor]) => {
    if (path === CODESPACE) return false;
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsOf(target).includes(anchor);
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

test('every folder and file that the architecture names exists', () => {
  const text = read('docs/architecture.md');
  const names = [...text.matchAll(/`((?:[a-z-]+\/)+(?:[a-z-]+\.(?:ts|grit))?|[a-z-]+\.ts)`/g)];
  expect(names.length).toBeGreaterThan(40);
  const all = globSync('{checks,exercises,cli,lab,web,services,setup,cloud,bench,integration}/**', {
    cwd: ROOT,
  });
  const missing = names.filter(([, name = '']) => {
    const path = name.replace(/\/$/, '');
    return !all.some((one) => one === path || one.endsWith(`/${path}`));
  });
  expect(missing.map(([name]) => name)).toEqual([]);
});

test('no page has the marks of a conflict', () => {
  expect(pages.filter((page) => /^(?:<{7}|>{7}) /m.test(read(page)))).toEqual([]);
});
