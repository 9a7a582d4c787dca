/**
 * One server and one client of a protocol, in a lab of their own.
 *
 *     server ──▶ listens ──▶ client ──▶ ends ──▶ what it printed
 */
import { randomBytes } from 'node:crypto';
import { Lab, type LabEvent, type ListeningSocket } from '../../lab/index.ts';
import { randomStream } from '../../lab/util/random.ts';
import { untilAborted } from '../../lab/util/until-aborted.ts';
import type { Finding } from '../check.ts';
import type { Built } from '../program/build.ts';
import { exitWords } from '../program/exit-words.ts';
import { Instance } from '../program/instance.ts';
import type { Output } from '../program/output.ts';
import { Recording } from '../recording/recording.ts';
import { printedFinding } from '../roles/clients/printed.ts';
import { listeningFinding } from '../roles/listening.ts';
import { randomText } from '../roles/random-text.ts';
import { PORT } from '../roles/server-checks.ts';
import { lastWords } from './last-words.ts';
import type { Protocol } from './participant.ts';

/** Generous: who talks to whom is asked here, and not how fast. In milliseconds. */
const LISTENS_MS = 30_000;
const ENDS_MS = 60_000;

export interface Played {
  /** Why the two do not understand each other; nothing where they do. */
  readonly finding?: Finding;
  /** All that happened, in the order of time. */
  readonly events: readonly LabEvent[];
}

/** @throws {LabError} when they cannot be played here; the reason of the signal, when nobody wants it any more. */
export async function play(
  protocol: Protocol,
  programs: { readonly server: Built; readonly client: Built },
  signal: AbortSignal,
): Promise<Played> {
  // A name has only addresses that every server listens at: IPv4 alone is enough.
  await using lab = await Lab.start({ ipv6: false });
  await using recording = await Recording.start(lab);
  const finding = await untilAborted(findingOf(protocol, programs, { lab, recording }), signal);
  return { ...(finding && { finding }), events: await recording.end() };
}

async function findingOf(
  protocol: Protocol,
  programs: { readonly server: Built; readonly client: Built },
  { lab, recording }: { readonly lab: Lab; readonly recording: Recording },
): Promise<Finding | undefined> {
  const random = randomStream(randomBytes(8).toString('hex'), protocol.name);
  const text = `Hello from ${randomText(random, 12)}!`;
  await using server = await Instance.start(lab, recording, {
    ...programs.server,
    name: protocol.server,
    env: { HOST: '0.0.0.0', PORT: String(PORT), GREETING: text },
  });
  const wanted = { protocol: protocol.transport, port: PORT } as const;
  const sockets = await socketsOf(server, lab, { ...wanted, timeoutMs: LISTENS_MS });
  if (!server.host.isUp) {
    const found = `the server ended with ${exitWords(server.host.exitCode)}`;
    return { code: 'program-ended', did: 'started the server', found };
  }
  const deaf = listeningFinding(sockets, { ...wanted, waitedMs: LISTENS_MS });
  if (deaf) return deaf;
  await using client = await Instance.start(lab, recording, {
    ...programs.client,
    name: protocol.client,
    env: { SERVER_HOST: protocol.server, SERVER_PORT: String(PORT), MESSAGE: text },
    mayEnd: true,
  });
  const did = 'started the client, and read what it printed';
  if (!(await client.ended({ timeoutMs: ENDS_MS })))
    return { code: 'still-running', did, waited: { for: 'the client to end', ms: ENDS_MS } };
  const { exitCode } = client.host;
  if (exitCode !== 0)
    return { code: 'other-exit-code', did, found: endWords(exitCode, client.output) };
  return printedFinding(Buffer.from(protocol.prefix + text), client.output, did);
}

/** Those of a program that has ended already are none. */
async function socketsOf(
  program: Instance,
  lab: Lab,
  wanted: Parameters<Lab['listeningSockets']>[1],
): Promise<ListeningSocket[]> {
  try {
    return await lab.listeningSockets(program.host.name, wanted);
  } catch (error) {
    if (await program.ended({ timeoutMs: 0 })) return [];
    throw error;
  } finally {
    await program.host.refresh();
  }
}

function endWords(exitCode: number | undefined, output: Output): string {
  const end = `the client ended with ${exitWords(exitCode)}`;
  const last = lastWords(output);
  return last ? `${end}, and printed at last: ${last}` : end;
}
