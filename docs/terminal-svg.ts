/**
 * A recording of a terminal as an animated SVG. Each line appears at its time, and the screen scrolls; with reduced motion preferred,
 * it is a still picture of the last screen.
 */
import { stripVTControlCharacters } from 'node:util';

/** A line of output, with the escape sequences that colour it (ECMA-48, SGR). */
export interface Line {
  readonly atMs: number;
  readonly text: string;
}

const COLUMNS = 80;
const ROWS = 26;
const FONT_SIZE = 14;
/** Of the usual monospaced fonts. */
const COLUMN_WIDTH = 8.4;
const ROW_HEIGHT = 18;
const PADDING = 14;

/** Classes of the style sheet below, by the SGR parameter that selects them. */
const CLASSES: Readonly<Record<string, string>> = {
  1: 'bold',
  2: 'faint',
  31: 'red',
  32: 'green',
  33: 'yellow',
  35: 'magenta',
  36: 'cyan',
  94: 'blue',
};
/** SGR parameters that reset bold and faint, or the colour. */
const RESETS: ReadonlySet<string> = new Set(['0', '22', '39']);

/** @param endMs when the recording begins again */
export function terminalSvg(lines: readonly Line[], { endMs }: { endMs: number }): string {
  const [innerWidth, innerHeight] = [COLUMNS * COLUMN_WIDTH, ROWS * ROW_HEIGHT];
  const [width, height] = [innerWidth + 2 * PADDING, innerHeight + 2 * PADDING];
  const batches = batchesOf(lines, endMs);
  const scrolled = `translateY(${batches.at(-1)?.scrollY}px)`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title>A terminal: ${escaped(stripVTControlCharacters(lines[0]?.text ?? ''))}</title>
<style>
text{font:${FONT_SIZE}px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#d8dee6;white-space:pre}
.bold{font-weight:bold;fill:#fff}.faint{fill:#8b949e}.red{fill:#ff7b72}.green{fill:#7ee787}
.yellow{fill:#f2cc60}.magenta{fill:#d2a8ff}.cyan{fill:#76e3ea}.blue{fill:#79c0ff}
#screen{transform:${scrolled}}
@media (prefers-reduced-motion:no-preference){
#screen,#screen g{animation:scroll ${(endMs / 1000).toFixed(1)}s step-end infinite}
@keyframes scroll{${batches.map(({ at, scrollY }) => `${at}{transform:translateY(${scrollY}px)}`).join('')}}
${batches.map(({ at }, n) => `@keyframes b${n}{0%{opacity:0}${at}{opacity:1}}#screen #b${n}{animation-name:b${n}}`).join('\n')}
}
</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<svg x="${PADDING}" y="${PADDING}" width="${innerWidth}" height="${innerHeight}">
<g id="screen">
${batches.map(({ rows }, n) => `<g id="b${n}">${rows.join('\n')}</g>`).join('\n')}
</g>
</svg>
</svg>
`;
}

/** Lines that appear at the same time. */
interface Batch {
  /** When, as a percentage of the recording. */
  readonly at: string;
  readonly rows: string[];
  /** How far the screen has scrolled then. */
  scrollY: number;
}

function batchesOf(lines: readonly Line[], endMs: number): Batch[] {
  const batches = new Map<string, Batch>();
  for (const [row, { atMs, text }] of lines.entries()) {
    const at = `${((100 * atMs) / endMs).toFixed(1)}%`;
    const batch = batches.get(at) ?? { at, rows: [], scrollY: 0 };
    batch.rows.push(`<text y="${(row + 0.75) * ROW_HEIGHT}">${runs(text).join('')}</text>`);
    batch.scrollY = -Math.max(0, row + 1 - ROWS) * ROW_HEIGHT;
    batches.set(at, batch);
  }
  return [...batches.values()];
}

/** An escape sequence, some words, a run of symbols such as a line, or spaces. */
const TOKEN = /\p{Cc}\[(?<sgr>\d+)m|[!-~]+(?: [!-~]+)*|[^\p{Cc}!-~ ]+| +/gu;

/** Each token at its own column: a symbol that a font lacks may come from another one, with another width. */
function runs(line: string): string[] {
  const spans: string[] = [];
  let column = 0;
  let style = '';
  for (const { 0: text, groups } of line.matchAll(TOKEN)) {
    const sgr = groups?.['sgr'];
    if (sgr !== undefined) {
      style = RESETS.has(sgr) ? '' : (CLASSES[sgr] ?? '');
      continue;
    }
    if (text.trim() !== '') spans.push(span(text, column, style));
    column += text.length;
  }
  return spans;
}

function span(text: string, column: number, style: string): string {
  const x = (column * COLUMN_WIDTH).toFixed(1);
  const width = (text.length * COLUMN_WIDTH).toFixed(1);
  const look = style === '' ? '' : ` class="${style}"`;
  return `<tspan x="${x}" textLength="${width}" lengthAdjust="spacingAndGlyphs"${look}>${escaped(text)}</tspan>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
