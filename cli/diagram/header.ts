import type { Stage } from './draw.ts';
import { Line } from './line.ts';
import { asShown } from './symbols.ts';
import { cut, printable } from './text.ts';

/** The names of the hosts, each above its lifeline, and their addresses. */
export function drawHeader(stage: Stage, addressOf: (host: string) => string | undefined): Line[] {
  const names = new Line(stage.width);
  const addresses = new Line(stage.width);
  names.put(0, ' seconds', 'faint');
  stage.lanes.forEach(({ host, at }, index) => {
    const room = (stage.lanes[index + 1]?.at ?? stage.width) - at;
    names.put(at, shown(host, room, stage), 'name');
    addresses.put(at, shown(addressOf(host) ?? '', room, stage), 'faint');
  });
  return [names, addresses];
}

function shown(text: string, room: number, { width, symbols }: Stage): string {
  return cut(asShown(printable(text), symbols), Math.min(room - 1, width), symbols.more);
}
