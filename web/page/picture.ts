import type { Step } from '../../lab/timeline/step.ts';
import { type Filter, filtered } from './filter.ts';
import { type Columns, columns, hostNames } from './layout/columns.ts';
import { type Layout, layout } from './layout/layout.ts';
import type { Clock } from './layout/step-times.ts';

/** All that is drawn of the timeline at one time. */
export interface Picture {
  readonly steps: readonly Step[];
  readonly layout: Layout;
  readonly columns: Columns;
}

export interface PictureOptions {
  readonly steps: readonly Step[];
  readonly filter: Filter;
  /** The names of the lab's hosts. */
  readonly hosts: ReadonlySet<string>;
  readonly clock: Clock;
  readonly width: number;
  readonly gutter: number;
}

/** Lays out steps, anew only when something has changed. */
export class PictureMaker {
  #last: { readonly options: PictureOptions; readonly picture: Picture } | undefined;

  make(options: PictureOptions): Picture {
    if (this.#last && isSame(this.#last.options, options)) return this.#last.picture;
    const { filter, hosts, clock, width, gutter } = options;
    const steps = filtered(options.steps, filter, hosts);
    const names = hostNames(steps.length > 0 ? steps : options.steps, hosts);
    const picture = {
      steps,
      layout: layout(steps, clock),
      columns: columns(names, { width, gutter }),
    };
    this.#last = { options, picture };
    return picture;
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
