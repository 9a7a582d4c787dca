/**
 * Plays every server against every client, to see who understands whom.
 *
 *     participants ──build──▶ programs ──a cell for each pair, some side by side──▶ Cell, Cell, …
 */
import { availableParallelism } from 'node:os';
import { LabError, type LabEvent } from '../../lab/index.ts';
import { allOver } from '../../lab/util/all-over.ts';
import { Slots } from '../../lab/util/slots.ts';
import type { Finding } from '../check.ts';
import type { Built } from '../program/build.ts';
import { BuildError } from '../program/build-error.ts';
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
  /** Ends it, and removes all that it has begun. */
  readonly signal?: AbortSignal;
  /** Told of each cell that is over, with all that happened in it. */
  readonly onCell?: (cell: Cell, events: readonly LabEvent[]) => Promise<void>;
}

interface Entry {
  readonly name: string;
  /** Or why there is none. */
  readonly built: Built | BuildError | LabError | TypeError;
}

/** In the order of protocols, servers and clients. */
export async function playMatrix(
  participants: readonly Participant[],
  { build, signal = new AbortController().signal, onCell = async () => {} }: MatrixOptions,
): Promise<Cell[]> {
  await using images = new AsyncDisposableStack();
  const slots = new Slots(Math.max(2, availableParallelism()));
  const entriesOf = (role: RoleName) =>
    allOver(
      participants.flatMap(({ name, programs }) => {
        const program = programs[role];
        return program === undefined ? [] : [slots.take(() => entry(name, program, role))];
      }),
    );
  const entry = async (name: string, program: string, role: RoleName): Promise<Entry> => {
    try {
      return { name, built: images.use(await build(program, role)) };
    } catch (error) {
      const isKnown = [BuildError, LabError, TypeError].some((known) => error instanceof known);
      if (isKnown) return { name, built: error as BuildError };
      throw error;
    }
  };
  const cells = protocols.map(async (protocol) => {
    const [servers = [], clients = []] = await allOver([
      entriesOf(protocol.server),
      entriesOf(protocol.client),
    ]);
    const pairs = servers.flatMap((server) => clients.map((client) => ({ server, client })));
    return allOver(
      pairs.map((pair) =>
        slots.take(async () => {
          signal.throwIfAborted();
          const { cell, events } = await cellOf(protocol, pair, signal);
          await onCell(cell, events);
          return cell;
        }),
      ),
    );
  });
  return (await allOver(cells)).flat();
}

async function cellOf(
  protocol: Protocol,
  { server, client }: { readonly server: Entry; readonly client: Entry },
  signal: AbortSignal,
): Promise<{ cell: Cell; events: readonly LabEvent[] }> {
  const about = { protocol: protocol.name, server: server.name, client: client.name };
  for (const { name, built } of [server, client]) {
    if (built instanceof LabError) return { cell: notGraded(about, built), events: [] };
    if (!(built instanceof Error)) continue;
    const { code = 'does-not-build', found: endless = built.message } =
      built instanceof BuildError ? built.finding : {};
    const [found] = endless.split('\n');
    const finding = { code, did: `built the program of ${name}`, found: found ?? '' };
    return { cell: { ...about, verdict: 'failed', finding }, events: [] };
  }
  const programs = { server: server.built as Built, client: client.built as Built };
  try {
    const { finding, events } = await play(protocol, programs, signal);
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
