/**
 * Plays every server against every client, to see who understands whom.
 *
 *     participants ──build──▶ programs ──a cell for each pair, some side by side──▶ Cell, Cell, …
 */
import { availableParallelism } from 'node:os';
import { LabError, type LabEvent } from '../../lab/index.ts';
import { Slots } from '../../lab/util/slots.ts';
import type { Finding } from '../check.ts';
import type { Built } from '../program/build.ts';
import { BuildError } from '../program/image.ts';
import { play } from './cell.ts';
import { type Participant, type Protocol, protocols, type RoleName } from './participant.ts';

/** A server and a client that were played against each other. */
export interface Cell {
  readonly protocol: Protocol['name'];
  /** The names of the participants. */
  readonly server: string;
  readonly client: string;
  readonly verdict: 'passed' | 'failed' | 'not-graded';
  readonly finding?: Finding;
  /** Why it could not be graded. */
  readonly why?: string;
}

export interface MatrixOptions {
  /** Makes an image of a participant's program. */
  readonly build: (program: string, role: RoleName) => Promise<Built>;
  /** Told of each cell that is over, with all that happened in it. */
  readonly onCell?: (cell: Cell, events: readonly LabEvent[]) => Promise<void>;
}

interface Entry {
  readonly name: string;
  readonly built: Built | BuildError | LabError;
}

/** In the order of protocols, servers and clients. */
export async function playMatrix(
  participants: readonly Participant[],
  { build, onCell = async () => {} }: MatrixOptions,
): Promise<Cell[]> {
  await using images = new AsyncDisposableStack();
  const slots = new Slots(Math.max(2, availableParallelism()));
  const entriesOf = (role: RoleName) =>
    Promise.all(
      participants.flatMap(({ name, programs }) => {
        const program = programs[role];
        return program === undefined ? [] : [slots.take(() => entry(name, program, role))];
      }),
    );
  const entry = async (name: string, program: string, role: RoleName): Promise<Entry> => {
    try {
      return { name, built: images.use(await build(program, role)) };
    } catch (error) {
      if (error instanceof BuildError || error instanceof LabError) return { name, built: error };
      throw error;
    }
  };
  const cells = protocols.map(async (protocol) => {
    const [servers, clients] = await Promise.all([
      entriesOf(protocol.server),
      entriesOf(protocol.client),
    ]);
    const pairs = servers.flatMap((server) => clients.map((client) => ({ server, client })));
    return Promise.all(
      pairs.map((pair) =>
        slots.take(async () => {
          const { cell, events } = await cellOf(protocol, pair);
          await onCell(cell, events);
          return cell;
        }),
      ),
    );
  });
  return (await Promise.all(cells)).flat();
}

async function cellOf(
  protocol: Protocol,
  { server, client }: { readonly server: Entry; readonly client: Entry },
): Promise<{ cell: Cell; events: readonly LabEvent[] }> {
  const about = { protocol: protocol.name, server: server.name, client: client.name };
  for (const { name, built } of [server, client]) {
    if (built instanceof LabError) return { cell: notGraded(about, built), events: [] };
    if (!(built instanceof BuildError)) continue;
    const [found = ''] = built.message.split('\n');
    const finding = { code: 'does-not-build', did: `built the program of ${name}`, found };
    return { cell: { ...about, verdict: 'failed', finding }, events: [] };
  }
  const programs = { server: server.built as Built, client: client.built as Built };
  try {
    const { finding, events } = await play(protocol, programs);
    const verdict = finding ? 'failed' : 'passed';
    return { cell: { ...about, verdict, ...(finding && { finding }) }, events };
  } catch (error) {
    if (error instanceof LabError) return { cell: notGraded(about, error), events: [] };
    throw error;
  }
}

function notGraded(about: Pick<Cell, 'protocol' | 'server' | 'client'>, why: Error): Cell {
  return { ...about, verdict: 'not-graded', why: why.message };
}
