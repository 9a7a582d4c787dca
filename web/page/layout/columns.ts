import type { Step } from '../../../lab/timeline/step.ts';

/** In a narrower column an IPv4 address has no room. */
const COLUMN_MIN_PX = 88;

/** Where the lifelines of the hosts are. */
export interface Columns {
  /** Of the hosts that have a column of their own. */
  readonly names: readonly string[];
  /** Of those that have not: they share one, which is the last. */
  readonly others: ReadonlySet<string>;
  /** The left and the right edge of what may be drawn on. */
  readonly left: number;
  readonly right: number;
  readonly width: number;
  /** The middle of a host's column, or of the one that it shares; undefined for one that has none. */
  x(name: string): number | undefined;
  /** The middle of the column that the others share. */
  readonly othersX: number | undefined;
}

export interface ColumnOptions {
  readonly width: number;
  /** Room for the times, at the left. */
  readonly gutter: number;
}

/** The number of columns that fit. */
export function columnsIn({ width, gutter }: ColumnOptions): number {
  return Math.max(2, Math.floor((width - gutter) / COLUMN_MIN_PX));
}

/** A column a host, all as wide, in the order of the names; one more for all others. */
export function columns(
  names: readonly string[],
  { width, gutter }: ColumnOptions,
  others: ReadonlySet<string> = new Set(),
): Columns {
  const count = names.length + (others.size > 0 ? 1 : 0);
  const each = (width - gutter) / Math.max(count, 1);
  const middle = (i: number) => Math.round(gutter + (i + 0.5) * each);
  const xs = new Map(names.map((name, i) => [name, middle(i)]));
  const othersX = others.size > 0 ? middle(names.length) : undefined;
  return {
    names,
    others,
    left: gutter,
    right: width,
    width: each,
    x: (name) => xs.get(name) ?? (others.has(name) ? othersX : undefined),
    othersX,
  };
}

/** Whether what is at `x` is in the last of several columns: its words go to the left. */
export function isLast(x: number, { names, othersX, x: xOf }: Columns): boolean {
  if (othersX !== undefined) return x === othersX && names.length > 0;
  return names.length > 1 && x === xOf(names.at(-1) ?? '');
}

/**
 * The hosts that steps are about: those of the lab by name, then others by address. One that shares the network of another stands
 * behind that.
 */
export function hostNames(steps: readonly Step[], hosts: ReadonlySet<string>): string[] {
  const names = new Set<string>();
  const owners = new Map<string, string>();
  for (const step of steps) {
    for (const name of hostsOf(step)) names.add(name);
    const owner = step.kind === 'host' ? step.state.sharesNetworkOf : undefined;
    if (owner !== undefined) owners.set(step.host, owner);
  }
  const order = (name: string) => (hosts.has(name) ? 0 : 1);
  const network = (name: string) => owners.get(name) ?? name;
  return [...names].sort(
    (a, b) =>
      order(a) - order(b) ||
      compare(network(a), network(b)) ||
      Number(owners.has(a)) - Number(owners.has(b)) ||
      compare(a, b),
  );
}

const compare = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

/** The hosts that a step is about. */
export function hostsOf(step: Step): readonly string[] {
  return step.kind === 'packet' ? [step.from, step.to] : [step.host];
}
