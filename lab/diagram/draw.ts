/** A row as a line: in the lane of its host, between two, across all; or without lanes. */
import type { Step } from '../timeline/step.ts';
import { drawArrow } from './arrow.ts';
import { drawBeside, fitted, putPieces } from './beside.ts';
import type { Places } from './cast.ts';
import { GUTTER } from './columns.ts';
import { Line } from './line.ts';
import type { PacketRow } from './packet-text.ts';
import { markOf, piecesOf, whoOf } from './row-pieces.ts';
import type { Row } from './rows.ts';
import { drawStub } from './stub.ts';
import type { Symbols } from './symbols.ts';

/** What lines are drawn on. */
export interface Stage extends Places {
  readonly width: number;
  readonly symbols: Symbols;
}

/** A row with every host's lifeline, where what happens does not cover it. */
export function drawRow(row: Row, stage: Stage): Line {
  const { step } = row;
  const { symbols } = stage;
  const line = drawLifelines(stage, symbols.lifeline);
  if (step.kind === 'fault') return drawFault(line, row, stage);
  if (step.kind === 'packet') return drawPacket(line, { ...row, step }, stage);
  const at = laneOf(step.host, stage);
  if (at === undefined) return drawListed(line, row, stage);
  drawBeside(line, markOf(row, symbols), piecesOf(row, symbols), { ...stage, at });
  return line;
}

/** Whether it has a lane; what concerns all hosts always has one. */
export function hasLane(step: Step, stage: Stage): boolean {
  if (step.kind === 'fault' || step.kind === 'host') return true;
  const hosts = step.kind === 'packet' ? [step.from, step.to, step.host] : [step.host];
  return hosts.some((host) => laneOf(host, stage) !== undefined);
}

/** A row in words, for where there are no lanes. */
export function drawListed(line: Line, row: Row, { width, symbols }: Stage): Line {
  const who = { text: `${whoOf(row.step, symbols)}  `, style: 'name' as const };
  putPieces(line, GUTTER, fitted([who, ...piecesOf(row, symbols)], width - GUTTER, symbols));
  return line;
}

/** The lines of all hosts, and nothing else. */
export function drawLifelines({ lanes, width }: Stage, lifeline: string): Line {
  const line = new Line(width);
  for (const { at } of lanes) line.put(at, lifeline, 'faint');
  return line;
}

function drawFault(line: Line, row: Row, { width, symbols }: Stage): Line {
  const { fault } = symbols;
  line.put(GUTTER, fault.repeat(width), 'fault');
  const words = fitted(piecesOf(row, symbols), width - GUTTER - 2 * fault.length - 2, symbols);
  line.put(GUTTER + fault.length, ' ');
  putPieces(line, GUTTER + fault.length + 1, words);
  return line;
}

function drawPacket(line: Line, row: PacketRow, stage: Stage): Line {
  const { step } = row;
  const { lanes, symbols } = stage;
  const [from, to] = [laneOf(step.from, stage), laneOf(step.to, stage)];
  if (from !== undefined && to !== undefined && from !== to) {
    const way = { from, to, lanes: lanes.map((lane) => lane.at), width: stage.width };
    drawArrow(line, row, way, symbols);
    return line;
  }
  // What strangers say to all is drawn where it was heard.
  const at = from ?? to ?? laneOf(step.host, stage);
  if (at === undefined) return drawListed(line, row, stage);
  drawStub(line, row, { ...stage, at, isSender: from !== undefined });
  return line;
}

function laneOf(host: Step['host'], { lanes }: Stage): number | undefined {
  return lanes.find((lane) => lane.host === host)?.at;
}
