import type { LabEvent } from '../model/event.ts';
import { isAside } from '../timeline/cast/aside.ts';
import { Timeline } from '../timeline/timeline.ts';
import { GUTTER } from './columns.ts';
import { Diagram } from './diagram.ts';
import { plain } from './styles.ts';
import { UNICODE } from './symbols.ts';

/** How `Lab.diagram` draws. */
export interface DrawOptions {
  /** In columns. Default: 100. */
  readonly width?: number;
  /** Whether it shows times, pauses and the hosts' addresses, which differ from run to run. Default: yes. */
  readonly times?: boolean;
  /** The names of hosts that have the first columns, in this order. Default: as they come. */
  readonly hosts?: readonly string[];
}

/** All events are there, in whatever order. */
const LATENESS_MS = 60_000;

/** Draws events as `./socketlab watch` does, without colours; name look-ups, ARP and the like are left out. */
export function drawEvents(
  events: readonly LabEvent[],
  { width = 100, times = true, hosts = [] }: DrawOptions = {},
): string {
  const timeline = new Timeline({ latenessMs: LATENESS_MS });
  for (const event of events) timeline.add(event);
  timeline.end();
  const indent = times ? 0 : GUTTER;
  const diagram = new Diagram({
    size: () => ({ width: width + indent }),
    symbols: UNICODE,
    paint: plain,
    omitsTimes: !times,
    hosts,
  });
  const steps = timeline.takeSettled().filter((step) => !isAside(step));
  const lines = [...diagram.add(steps), ...diagram.flush()];
  return lines.map((line) => line.slice(indent)).join('\n');
}
