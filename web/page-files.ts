/**
 * The files of the page, and no others. There is no build step: the browser loads the modules that Node runs, with their types
 * stripped on the way; from the published package, what tsc has compiled.
 */
import { readFile } from 'node:fs/promises';
import { findPackageJSON, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { IMPORT_MAP } from './import-map.ts';
import { moduleGraph } from './module-graph.ts';
import type { Body } from './reply.ts';

/** The repository, or `dist/` of the package. */
const ROOT = dirname(import.meta.dirname);
/** In the package everything is JavaScript, this module too. */
export const EXTENSION = import.meta.filename.endsWith('.ts') ? 'ts' : 'js';
/** The folder of the page, and those that need nothing of Node at run time. */
const MODULES =
  /^(?:web\/page|lab\/(?:explain|model|timeline|util))\/(?:[a-z0-9-]+\/)*[a-z0-9-]+(?=\.(?:ts|js)$)/;
const INDEX = 'web/page/index.html';
const STYLES = /^web\/page\/[a-z0-9-]+\.css$/;
const LIT = /^lit-html\/((?:directives\/)?[a-z0-9-]+\.js)$/;

/** Each file is read once: as with Node's own modules, a change takes effect in the next run. */
const cache = new Map<string, Body>();

/** The file at a path below the page's address; undefined unless it exists and belongs to the page. */
export async function pageFile(path: string): Promise<Body | undefined> {
  const body = cache.get(path) ?? (await fileOf(path));
  if (body !== undefined) cache.set(path, body);
  return body;
}

/** The same as text. */
export async function pageText(path: string): Promise<string> {
  return String((await pageFile(path))?.content);
}

/** The page before its modules are named. */
export function pageTemplate(): Promise<string> {
  return readFile(join(ROOT, INDEX), 'utf8');
}

async function fileOf(path: string): Promise<Body | undefined> {
  try {
    if (path === '') return await indexPage();
    if (STYLES.test(path)) return await text(path, 'text/css');
    const [module] = MODULES.exec(path) ?? [];
    if (module !== undefined) return javascript(await source(module));
    const [, lit] = LIT.exec(path) ?? [];
    if (lit !== undefined) return javascript(await readFile(join(litFolder(), lit), 'utf8'));
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Names all modules in advance: otherwise the browser learns of each only when its importer has come. */
async function indexPage(): Promise<Body> {
  const page = await text(INDEX, 'text/html');
  const [, ...modules] = await moduleGraph(`web/page/boot.${EXTENSION}`, pageText);
  const importMap = `<script type="importmap">${IMPORT_MAP}</script>`;
  const links = modules.map((path) => `<link rel="modulepreload" href="${path}">`);
  const content = String(page.content).replace('<!-- modules -->', importMap + links.join(''));
  return { ...page, content };
}

async function source(module: string): Promise<string> {
  const code = await readFile(join(ROOT, `${module}.${EXTENSION}`), 'utf8');
  return EXTENSION === 'ts' ? stripTypeScriptTypes(code) : code;
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
