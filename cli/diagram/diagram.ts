/**
 * Steps as a sequence diagram that only grows at its end. Pure: lines out, nothing written.
 *
 *     step ─▶ Rows (begins, ends) ─▶ Cast (who has a column) ─▶ draw ─▶ a line, as wide as the terminal at most
 */
import type { Step } from '../../lab/timeline/step.ts';
import { Cast } from './cast.ts';
import { GUTTER } from './columns.ts';
import { drawLifelines, drawListed, drawRow, type Stage } from './draw.ts';
import { Gutter } from './gutter.ts';
import { drawHeader } from './header.ts';
import { Line } from './line.ts';
import { type Row, Rows } from './rows.ts';
import type { Paint } from './styles.ts';
import { asShown, type Symbols } from './symbols.ts';
import { printable, wrap } from './text.ts';

export interface DiagramOptions {
  /** In columns and lines, as it is now; without a height the header is not repeated. */
  readonly size: () => { readonly width: number; readonly height?: number | undefined };
  readonly symbols: Symbols;
  readonly paint: Paint;
  /** Whether each step's sentence stands below it. */
  readonly explain?: boolean;
  /** Hosts that have the first columns, in this order. */
  readonly hosts?: readonly string[];
}

/** Lines between two headers are fewer than a screen has: so many. */
const OVERLAP_LINES = 4;
/** Narrower, and nothing could be read. */
const WIDTH_MIN = 20;

export class Diagram {
  readonly #options: DiagramOptions;
  readonly #cast: Cast;
  readonly #rows = new Rows();
  readonly #gutter = new Gutter();
  /** Hosts of which it is known what they were at first. */
  readonly #introduced = new Set<string>();
  #header = '';
  #linesSinceHeader = 0;

  constructor(options: DiagramOptions) {
    this.#options = options;
    this.#cast = new Cast(options.hosts);
  }

  /** The lines that some steps make certain. Steps come in time order; one that comes again has ended. */
  add(steps: readonly Step[]): string[] {
    // First who takes part, so that one header does for all of them.
    for (const step of steps) this.#cast.learn(step);
    return steps.flatMap((step) => this.#rows.add(step)).flatMap((row) => this.#linesOf(row));
  }

  /** What waits for the next step, when none will come that is before a time; without one, all of it. */
  flush(untilNs?: string): string[] {
    return this.#rows.flush(untilNs).flatMap((row) => this.#linesOf(row));
  }

  #linesOf(row: Row): string[] {
    const { step, atNs, part } = row;
    if (step.kind === 'host' && this.#isFirstOf(step)) return [];
    const stage = this.#stage();
    const lines: Line[] = [];
    if (this.#gutter.isQuietBefore(atNs)) lines.push(this.#quiet(stage));
    lines.push(...this.#headerOf(stage));
    const line =
      stage.lanes.length > 0 ? drawRow(row, stage) : drawListed(new Line(stage.width), row, stage);
    lines.push(line.put(0, this.#gutter.next(atNs, stage.symbols.past), 'faint'));
    if (this.#options.explain && part !== 'ends') lines.push(...this.#explained(step, stage));
    this.#linesSinceHeader += lines.length;
    return lines.map((one) => one.toString(this.#options.paint));
  }

  #stage(): Stage {
    const { size, symbols } = this.#options;
    const width = Math.max(WIDTH_MIN, size().width);
    return { width, symbols, lanes: this.#cast.lanes(width) ?? [] };
  }

  /** Again when it has scrolled away, and when it has changed. */
  #headerOf(stage: Stage): Line[] {
    const { height = Number.POSITIVE_INFINITY } = this.#options.size();
    const header = JSON.stringify([stage.lanes, stage.width]);
    const isDue = this.#linesSinceHeader >= Math.max(OVERLAP_LINES, height - OVERLAP_LINES);
    if (header === this.#header && !isDue) return [];
    const isFirst = this.#header === '';
    this.#header = header;
    this.#linesSinceHeader = 0;
    this.#gutter.repeat();
    if (stage.lanes.length === 0) return [];
    const lines = drawHeader(stage, (host) => this.#cast.addressOf(host));
    return isFirst ? lines : [new Line(0), ...lines];
  }

  #quiet(stage: Stage): Line {
    const { quiet, quietLifeline } = stage.symbols;
    return drawLifelines(stage, quietLifeline).put(GUTTER - 2, quiet, 'faint');
  }

  #explained({ sentence }: Step, { width, symbols }: Stage): Line[] {
    const words = asShown(printable(sentence), symbols);
    const indent = GUTTER + 2;
    return wrap(words, width - indent, symbols.more).map((text) =>
      new Line(width).put(indent, text, 'faint'),
    );
  }

  /** That a host is there, the header says. */
  #isFirstOf({ host, state }: Extract<Step, { kind: 'host' }>): boolean {
    const isFirst = !this.#introduced.has(host);
    this.#introduced.add(host);
    return isFirst && state.state === 'running';
  }
}
