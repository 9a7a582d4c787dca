/**
 * Steps as a sequence diagram that only grows at its end. Pure: lines out, nothing written.
 *
 *     step ─▶ Rows (begins, ends) ─▶ Cast (who has a column) ─▶ draw ─▶ a line, as wide as the terminal at most
 */

import { isDeepStrictEqual } from 'node:util';
import { sentenceOf } from '../explain/sentence.ts';
import type { Step } from '../timeline/step.ts';
import { printable } from '../util/printable.ts';
import { Cast } from './cast.ts';
import { GUTTER } from './columns.ts';
import { drawLifelines, drawListed, drawRow, hasLane, type Stage } from './draw.ts';
import { Gutter } from './gutter.ts';
import { drawChange, drawHeader, drawOthers } from './header.ts';
import { LeftOut } from './left-out.ts';
import { Line } from './line.ts';
import { type Row, Rows } from './rows.ts';
import type { Paint } from './styles.ts';
import { asShown, type Symbols } from './symbols.ts';
import { wrap } from './text.ts';
import { together } from './together.ts';

export interface DiagramOptions {
  /** In columns and lines, as it is now; without a height the header is not repeated. */
  readonly size: () => { readonly width: number; readonly height?: number | undefined };
  readonly symbols: Symbols;
  readonly paint: Paint;
  /** Whether each step's sentence stands below it; or what stands there in place of that. */
  readonly explain?: boolean | ((step: Step) => string | undefined);
  /** What times count from: nanoseconds since 1970. Default: the first step. */
  readonly zeroNs?: string | undefined;
  /** Whether to leave out what differs each time: times, pauses and addresses in the header. Default: no. */
  readonly omitsTimes?: boolean;
  /** Hosts that have the first columns, in this order. */
  readonly hosts?: readonly string[];
}

/** How many lines are between two headers: fewer than a screen has. */
const OVERLAP_LINES = 4;
/** Narrower, and nothing could be read. */
const WIDTH_MIN = 20;

export class Diagram {
  readonly #options: DiagramOptions;
  readonly #cast: Cast;
  readonly #rows = new Rows();
  readonly #gutter: Gutter;
  readonly #leftOut = new LeftOut();
  /** Hosts of which it is known what they were at first. */
  readonly #introduced = new Set<string>();
  /** What the latest header was drawn for. */
  #headed: Stage | undefined;
  #linesSinceHeader = 0;

  constructor(options: DiagramOptions) {
    this.#options = options;
    this.#cast = new Cast(options.hosts);
    this.#gutter = new Gutter(options.zeroNs);
  }

  /** The lines that some steps make certain. Steps come in time order; one that comes again has ended. */
  add(steps: readonly Step[]): string[] {
    return together(steps).flatMap((some) => {
      // First who takes part, so that one header does for all of them.
      this.#cast.learn(some);
      return some.flatMap((step) => this.#rows.add(step)).flatMap((row) => this.#linesOf(row));
    });
  }

  /** What waits for the next step, when none will come that is before a time; without one, all of it. */
  flush(untilNs?: string): string[] {
    const lines = this.#rows.flush(untilNs).flatMap((row) => this.#linesOf(row));
    if (untilNs !== undefined) return lines;
    return [...lines, ...this.#paint(this.#counted(this.#leftOut.take(), this.#stage()))];
  }

  #linesOf(row: Row): string[] {
    const { step, atNs, part } = row;
    if (step.kind === 'host' && this.#isFirstOf(step)) return [];
    const stage = this.#stage();
    const lines = this.#counted(this.#leftOut.due(atNs), stage);
    if (stage.areOthersFolded && !hasLane(step, stage)) {
      if (part === 'whole' || part === 'begins') this.#leftOut.add(step);
    } else {
      lines.push(...this.#drawn(row, stage));
    }
    this.#linesSinceHeader += lines.length;
    return this.#paint(lines);
  }

  #drawn(row: Row, stage: Stage): Line[] {
    const { step, atNs, part } = row;
    const lines: Line[] = [];
    const { omitsTimes = false } = this.#options;
    if (!omitsTimes && this.#gutter.isQuietBefore(atNs)) lines.push(this.#quiet(stage));
    lines.push(...this.#headerOf(stage));
    const line =
      stage.lanes.length > 0 ? drawRow(row, stage) : drawListed(new Line(stage.width), row, stage);
    const time = this.#gutter.next(atNs, stage.symbols.past);
    lines.push(omitsTimes ? line : line.put(0, time, 'faint'));
    if (part !== 'ends') lines.push(...this.#explained(step, stage));
    return lines;
  }

  #stage(): Stage {
    const { size, symbols } = this.#options;
    const width = Math.max(WIDTH_MIN, size().width);
    return { ...this.#cast.places(width), width, symbols };
  }

  /** Again when it has scrolled away, and when it has changed. */
  #headerOf(stage: Stage): Line[] {
    const { height = Number.POSITIVE_INFINITY } = this.#options.size();
    const last = this.#headed;
    const isDue = this.#linesSinceHeader >= Math.max(OVERLAP_LINES, height - OVERLAP_LINES);
    const isSame = last?.width === stage.width && isDeepStrictEqual(last.lanes, stage.lanes);
    if (isSame && last.others === stage.others && !isDue) return [];
    this.#headed = stage;
    if (stage.lanes.length === 0) return [];
    if (isSame && !isDue) return drawOthers(stage);
    this.#linesSinceHeader = 0;
    this.#gutter.repeat();
    const header = drawHeader(stage, (host) => this.#cast.addressOf(host));
    const lines = [
      ...(this.#options.omitsTimes ? header.slice(0, 1) : header),
      ...drawOthers(stage),
    ];
    return last ? [new Line(0), ...drawChange(last, stage), ...lines] : lines;
  }

  #quiet(stage: Stage): Line {
    const { quiet, quietLifeline } = stage.symbols;
    return drawLifelines(stage, quietLifeline).put(GUTTER - 2, quiet, 'faint');
  }

  /** How much has been left out, where there are words for it. */
  #counted(words: string | undefined, { width, symbols }: Stage): Line[] {
    if (words === undefined) return [];
    return [new Line(width).put(GUTTER, asShown(`${symbols.more} ${words}`, symbols), 'faint')];
  }

  #explained(step: Step, { width, symbols }: Stage): Line[] {
    const { explain = false } = this.#options;
    const text = typeof explain === 'function' ? explain(step) : explain && sentenceOf(step);
    if (!text) return [];
    const words = asShown(printable(text), symbols);
    const indent = GUTTER + 2;
    return wrap(words, width - indent, symbols.more).map((text) =>
      new Line(width).put(indent, text, 'faint'),
    );
  }

  /** The header shows that a host runs. */
  #isFirstOf({ host, state }: Extract<Step, { kind: 'host' }>): boolean {
    const isFirst = !this.#introduced.has(host);
    this.#introduced.add(host);
    return isFirst && state.state === 'running';
  }

  #paint(lines: readonly Line[]): string[] {
    return lines.map((line) => line.toString(this.#options.paint));
  }
}
