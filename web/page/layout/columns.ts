import type { Step } from '../../../lab/timeline/step.ts';

/** Where the lifelines of the hosts are. */
export interface Columns {
  readonly names: readonly string[];
  /** The left and the right edge of what may be drawn on. */
  readonly left: number;
  readonly right: number;
  readonly width: number;
  /** The middle of a host's column; undefined for one that has none. */
  x(name: string): number | undefined;
}

export interface ColumnOptions {
  readonly width: number;
  /** Room for the times, at the left. */
  readonly gutter: number;
}

/** A column a host, all as wide, in the order of the names. */
export function columns(names: readonly string[], { width, gutter }: ColumnOptions): Columns {
  const each = (width - gutter) / Math.max(names.length, 1);
  const xs = new Map(names.map((name, i) => [name, Math.round(gutter + (i + 0.5) * each)]));
  return { names, left: gutter, right: width, width: each, x: (name) => xs.get(name) };
}

/** The hosts that steps are about: those of the lab by name, then others by address. */
export function hostNames(steps: readonly Step[], hosts: ReadonlySet<string>): string[] {
  const names = new Set<string>();
  for (const step of steps) for (const name of hostsOf(step)) names.add(name);
  const order = (name: string) => (hosts.has(name) ? 0 : 1);
  return [...names].sort((a, b) => order(a) - order(b) || a.localeCompare(b, 'en'));
}

/** The hosts that a step is about. */
export function hostsOf(step: Step): readonly string[] {
  return step.kind === 'packet' ? [step.from, step.to] : [step.host];
}
