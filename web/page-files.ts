/**
 * The files that the page is made of, and no others. There is no build step: the browser loads the same modules that Node
 * runs, with the types taken out on the way; from the published package, what tsc made of them.
 */
import { readFile } from 'node:fs/promises';
import { findPackageJSON, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { moduleGraph } from './module-graph.ts';
import type { Body } from './reply.ts';

/** The repository, or `dist/` of the package. */
const ROOT = dirname(import.meta.dirname);
/** What this program itself is: in the package everything is JavaScript. */
const EXTENSION = import.meta.filename.endsWith('.ts') ? 'ts' : 'js';
/** The page, and the rooms that need nothing of Node at run time. */
const MODULES =
  /^(?:web\/page|lab\/(?:explain|model|timeline|util))\/(?:[a-z0-9-]+\/)*[a-z0-9-]+(?=\.(?:ts|js)$)/;
const STYLES = /^web\/page\/[a-z0-9-]+\.css$/;
const LIT = /^lit-html\/((?:directives\/)?[a-z0-9-]+\.js)$/;
/** `from 'lit-html'`, `from 'lit-html/directives/repeat.js'`: the browser wants an address instead. */
const LIT_IMPORT = /from 'lit-html(\/[^']+)?'/g;

/** What was read once: as with the modules of Node, a change is seen by the next run. */
const known = new Map<string, Body>();

/** The file under a path of the page's address; undefined where there is none, or it is none of the page's. */
export async function pageFile(path: string): Promise<Body | undefined> {
  const body = known.get(path) ?? (await fileOf(path));
  if (body !== undefined) known.set(path, body);
  return body;
}

async function fileOf(path: string): Promise<Body | undefined> {
  try {
    if (path === '') return await indexPage();
    if (STYLES.test(path)) return await text(path, 'text/css');
    const [module] = MODULES.exec(path) ?? [];
    if (module !== undefined) return javascript(await source(module, path));
    const [, lit] = LIT.exec(path) ?? [];
    if (lit !== undefined) return javascript(await readFile(join(litFolder(), lit), 'utf8'));
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Names all modules to the browser, which else learns of each only from the one that imports it. */
async function indexPage(): Promise<Body> {
  const page = await text('web/page/index.html', 'text/html');
  const [, ...modules] = await moduleGraph(`web/page/boot.${EXTENSION}`, async (path) =>
    String((await pageFile(path))?.content),
  );
  const links = modules.map((path) => `<link rel="modulepreload" href="${path}">`).join('');
  return { ...page, content: String(page.content).replace('<!-- modules -->', links) };
}

async function source(module: string, path: string): Promise<string> {
  const code = await readFile(join(ROOT, `${module}.${EXTENSION}`), 'utf8');
  const plain = EXTENSION === 'ts' ? stripTypeScriptTypes(code) : code;
  const up = '../'.repeat(path.split('/').length - 1);
  return plain.replace(LIT_IMPORT, (_, file = '/lit-html.js') => `from '${up}lit-html${file}'`);
}

function litFolder(): string {
  const file = findPackageJSON('lit-html', import.meta.url);
  if (file === undefined) throw new Error('Cannot find the package lit-html: run npm ci');
  return dirname(file);
}

async function text(path: string, type: string): Promise<Body> {
  return { type: `${type}; charset=utf-8`, content: await readFile(join(ROOT, path), 'utf8') };
}

function javascript(content: string): Body {
  return { type: 'text/javascript; charset=utf-8', content };
}
