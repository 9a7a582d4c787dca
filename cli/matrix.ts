import { join } from 'node:path';
import { Command } from 'commander';
import { type Cell, playMatrix } from '../checks/matrix/matrix.ts';
import {
  type Participant,
  protocols,
  type RoleName,
  readParticipant,
} from '../checks/matrix/participant.ts';
import { buildProgram } from '../checks/program/build.ts';
import { leaveOut } from './inherited-options.ts';
import { MatrixFolder } from './matrix/matrix-folder.ts';
import { matrixText } from './matrix/matrix-text.ts';
import { buildOurs, isOurs, ourParticipant } from './matrix/ours.ts';
import { show } from './progress-line.ts';
import { withOwnHosts } from './with-own-hosts.ts';

interface Options {
  readonly ours: boolean;
  readonly report?: string;
  readonly json?: boolean;
}

const LECTURE = join(import.meta.dirname, '../checks/lecture');

/** `./socketlab matrix`: plays programs of several people against each other. */
export function matrixVerb(): Command {
  return leaveOut(new Command('matrix'), '--project')
    .description('play every server against every client, and show who understands whom')
    .argument(
      '<folder...>',
      'a folder each, with programs named for their role: tcp-server.py, udp-client/, …',
    )
    .option('--no-ours', 'without our own programs and those of the lecture')
    .option(
      '--report <folder>',
      'also write a page for each pair that does not understand each other',
    )
    .option('--json', 'print the cells as JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 all understand each other, 1 some do not, 2 some could not be graded',
    )
    .action((folders: string[], options: Options) =>
      withOwnHosts((signal) => matrix(folders, { ...options, signal })),
    );
}

async function matrix(
  folders: readonly string[],
  { ours, report, json, signal }: Options & { readonly signal: AbortSignal },
): Promise<void> {
  const invited = await Promise.all(folders.map(readParticipant));
  for (const { name, others } of invited) {
    if (others.length > 0)
      console.error(
        `socketlab: ${name}: not played, as it is named for no role: ${others.join(', ')}`,
      );
  }
  const [own, lecture] = [ourParticipant(), await readParticipant(LECTURE)];
  const participants = ours ? [...(own ? [own] : []), lecture, ...invited] : invited;
  requireDifferentNames(participants);
  const folder = report === undefined ? undefined : await MatrixFolder.open(report);
  let count = 0;
  const all = countPairs(participants);
  const cells = await playMatrix(participants, {
    signal,
    build: (program, role) =>
      isOurs(program) ? buildOurs(role, signal) : buildProgram(program, { signal }),
    async onCell(cell, events) {
      count += 1;
      show(`${count} of ${all}: ${cell.protocol} server ${cell.server}, client ${cell.client}`);
      await folder?.cell(cell, events);
    },
  });
  show('');
  await folder?.finish(cells);
  console.log(json ? JSON.stringify(cells, undefined, 2) : matrixText(cells));
  process.exitCode = exitCodeOf(cells);
}

/** @throws {TypeError} where two could not be told apart. */
function requireDifferentNames(participants: readonly Participant[]): void {
  const names = participants.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new TypeError(`Cannot play two folders of the same name: ${twice}`);
}

function countPairs(participants: readonly Participant[]): number {
  const has = (role: RoleName) => participants.filter(({ programs }) => programs[role]).length;
  return protocols.reduce((sum, { server, client }) => sum + has(server) * has(client), 0);
}

function exitCodeOf(cells: readonly Cell[]): number {
  if (cells.some(({ verdict }) => verdict === 'failed')) return 1;
  return cells.some(({ verdict }) => verdict === 'not-graded') ? 2 : 0;
}
