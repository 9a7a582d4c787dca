import type { Step } from '../../lab/timeline/step.ts';
import { msOf } from '../../lab/util/nanoseconds.ts';
import { type Filter, filtered } from './filter.ts';
import { Cast, isAmong } from './layout/cast.ts';
import { type Columns, columns, columnsIn, hostNames } from './layout/columns.ts';
import { type Layout, layout } from './layout/layout.ts';
import type { StepClock } from './layout/step-clock.ts';

/** All that is drawn of the timeline at one time. */
export interface Picture {
  readonly steps: readonly Step[];
  /** Of the steps that are drawn. */
  readonly layout: Layout;
  readonly columns: Columns;
  /** How many steps are not drawn, as they are among the hosts that have no column of their own. */
  readonly folded: number;
}

export interface PictureOptions {
  readonly steps: readonly Step[];
  readonly filter: Filter;
  /** The names of the lab's hosts. */
  readonly hosts: ReadonlySet<string>;
  readonly clock: StepClock;
  readonly width: number;
  readonly gutter: number;
}

/** Lays out steps, anew only when something has changed. */
export class PictureMaker {
  #last: { readonly options: PictureOptions; readonly picture: Picture } | undefined;
  #cast = new Cast();

  make(options: PictureOptions): Picture {
    if (this.#last && isSame(this.#last.options, options)) return this.#last.picture;
    const { filter, hosts, clock } = options;
    // When something else is shown, the columns are assigned anew.
    if (filter !== this.#last?.options.filter) this.#cast = new Cast();
    const steps = filtered(options.steps, filter, hosts);
    const { names, others } = this.#shown(steps, options);
    // If there are only a few others, the column that they share has room for all.
    const isFolded = others.size > names.length;
    const drawn = isFolded ? steps.filter((step) => !isAmong(others, step)) : steps;
    const picture = {
      steps,
      layout: layout(drawn, clock),
      columns: columns(names, options, others),
      folded: steps.length - drawn.length,
    };
    this.#last = { options, picture };
    return picture;
  }

  #shown(steps: readonly Step[], options: PictureOptions) {
    const { filter, hosts } = options;
    const room = columnsIn(options);
    const named = hostNames(steps.length > 0 ? steps : options.steps, hosts);
    // The steps of a silent host may be forgotten; it still exists.
    const isAll = filter.hosts.size === 0 && filter.conversation === undefined;
    const all = isAll ? [...new Set([...named, ...hosts])] : named;
    const last = options.steps.at(-1);
    return this.#cast.shown(steps, {
      names: all.length > room ? all : named,
      chosen: filter.hosts,
      room,
      atMs: last ? msOf(last.atNs) : 0,
    });
  }
}

function isSame(a: PictureOptions, b: PictureOptions): boolean {
  return (
    a.steps === b.steps &&
    a.filter === b.filter &&
    a.hosts === b.hosts &&
    a.width === b.width &&
    a.gutter === b.gutter
  );
}
