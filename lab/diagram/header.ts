import { counted } from '../util/counted.ts';
import { printable } from '../util/printable.ts';
import { fitted, putPieces } from './beside.ts';
import { GUTTER } from './columns.ts';
import type { Stage } from './draw.ts';
import { Line } from './line.ts';
import type { Style } from './styles.ts';
import { asShown } from './symbols.ts';
import { cut } from './text.ts';

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

/** How many hosts have no column, where any has none. */
export function drawOthers({ others, areOthersFolded, ...stage }: Stage): Line[] {
  if (others === 0) return [];
  const how = areOthersFolded ? ': what they do among themselves is only counted' : '';
  const words = `${stage.symbols.more} and ${counted(others, 'more host')}${how}`;
  return [inWords(words, 'faint', stage)];
}

/** The hosts that have taken over a column, if any host has lost one. */
export function drawChange(before: Pick<Stage, 'lanes'>, stage: Stage): Line[] {
  const [came, gone] = [newIn(stage, before), newIn(before, stage)];
  if (came === '' || gone === '') return [];
  return [inWords(`${stage.symbols.change} ${came} instead of ${gone}`, 'name', stage)];
}

function newIn({ lanes }: Pick<Stage, 'lanes'>, other: Pick<Stage, 'lanes'>): string {
  const isNew = (host: string) => !other.lanes.some((lane) => lane.host === host);
  return lanes
    .map(({ host }) => host)
    .filter(isNew)
    .join(', ');
}

function inWords(
  text: string,
  style: Style,
  { width, symbols }: Pick<Stage, 'width' | 'symbols'>,
): Line {
  const line = new Line(width);
  putPieces(line, GUTTER, fitted([{ text, style }], width - GUTTER, symbols));
  return line;
}

function shown(text: string, room: number, { width, symbols }: Stage): string {
  return cut(asShown(printable(text), symbols), Math.min(room - 1, width), symbols.more);
}
