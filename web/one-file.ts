/**
 * The page as one file, which needs neither a server nor a network.
 *
 *   modules ──import map of data: addresses──┐
 *   styles ──inline──────────────────────────┼──▶ lab.html
 *   recording, packets, report ──gzip, Base64┘
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { escapeMarkup } from '../lab/util/markup.ts';
import { policySource } from './import-map.ts';
import { moduleGraph, withPaths } from './module-graph.ts';
import type { PageReport } from './page/report.ts';
import { EXTENSION, pageTemplate, pageText } from './page-files.ts';
import { captureOf, recordingOf } from './recording.ts';

const ENTRY = `web/page/recorded.${EXTENSION}`;
const START = `import '${ENTRY}';`;
const STYLE = /^ *<link rel="stylesheet" href="([^"]+)">\n/gm;
const MODULES = / *<!-- modules -->\n.*\n/;
const TITLE = /<title>.*<\/title>/;

export interface OneFileOptions {
  /** Of the document, as in "lab.jsonl". */
  readonly title: string;
  /** Shown beside the recording. Default: none. */
  readonly report?: PageReport;
}

/** @param lines of a recording: an event in JSON each, without newlines */
export async function oneFile(
  lines: readonly string[],
  { title, report }: OneFileOptions,
): Promise<string> {
  const template = await pageTemplate();
  const paths = Array.from(template.matchAll(STYLE), ([, path = '']) => path);
  const style = (await Promise.all(paths.map(pageText))).join('\n');
  const importMap = JSON.stringify({ imports: await addresses() });
  const head = [
    `<meta http-equiv="Content-Security-Policy" content="${policy([importMap, START], style)}">`,
    `<style>${style}</style>`,
    `<script type="importmap">${importMap}</script>`,
    await embed('recording', recordingOf(lines)),
    await embed('packets', await captureOf(lines)),
    ...(report ? [await embed('report', JSON.stringify(report))] : []),
    `<script type="module">${START}</script>`,
  ].join('\n');
  // By functions, as a replacement text may contain "$".
  return template
    .replaceAll(STYLE, '')
    .replace(TITLE, () => `<title>${escapeMarkup(title)}</title>`)
    .replace(MODULES, () => `${head}\n`);
}

/** What is in the file may run, and nothing else; it may ask nobody for anything. */
function policy(scripts: readonly string[], style: string): string {
  return [
    `default-src 'none'`,
    `script-src ${scripts.map(policySource).join(' ')} data:`,
    `style-src ${policySource(style)}`,
    'img-src data: blob:',
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

/** Each module by its path. */
async function addresses(): Promise<Record<string, string>> {
  const paths = await moduleGraph(ENTRY, pageText);
  const entries = paths.map(async (path): Promise<[string, string]> => {
    const code = Buffer.from(withPaths(await pageText(path), path));
    return [path, `data:text/javascript;base64,${code.toString('base64')}`];
  });
  return Object.fromEntries(await Promise.all(entries));
}

const packed = promisify(gzip);

/** Base64 has no character that could end the element. The page reads it by `embedded`. */
async function embed(id: string, content: string | Uint8Array): Promise<string> {
  const base64 = (await packed(content)).toString('base64');
  return `<script type="application/octet-stream" id="${id}">${base64}</script>`;
}
