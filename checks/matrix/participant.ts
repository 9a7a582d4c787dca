import { readdir } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { languageOf } from '../program/language.ts';
import { ECHO_PREFIX } from '../roles/echo.ts';

/** The roles of the two protocols, and what comes before the text that a client has to print. */
export const protocols = [
  { name: 'TCP', transport: 'tcp', server: 'tcp-server', client: 'tcp-client', prefix: '' },
  {
    name: 'UDP',
    transport: 'udp',
    server: 'udp-echo-server',
    client: 'udp-client',
    prefix: ECHO_PREFIX,
  },
] as const;

export type Protocol = (typeof protocols)[number];
export type RoleName = Protocol['server' | 'client'];

/** Somebody's programs, by role: each a path of a file or a folder. */
export interface Participant {
  readonly name: string;
  readonly programs: Readonly<Partial<Record<RoleName, string>>>;
  /** What is in the folder and is named for no role, or is a second program of one. */
  readonly others: readonly string[];
}

const roleNames: readonly RoleName[] = protocols.flatMap(({ server, client }) => [server, client]);

/**
 * The programs in a folder that are named for their role: `tcp-server.py`, `udp-client/`.
 *
 * @throws {TypeError} when there is no such folder, or no program in it.
 */
export async function readParticipant(folder: string): Promise<Participant> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) throw new TypeError(`Cannot play ${folder}: it is no folder`);
  const programs: Partial<Record<RoleName, string>> = {};
  const others: string[] = [];
  for (const entry of entries.toSorted((a, b) => a.name.localeCompare(b.name))) {
    const { name } = entry;
    if (name.startsWith('.')) continue;
    const isFolder = entry.isDirectory();
    const role = roleNames.find((one) => one === (isFolder ? name : basename(name, extname(name))));
    const isProgram = role && !programs[role] && (isFolder || languageOf(name));
    if (isProgram) programs[role] = join(folder, name);
    else others.push(name);
  }
  if (Object.keys(programs).length > 0)
    return { name: basename(resolve(folder)), programs, others };
  const needed = `a program that is named for its role, as tcp-server.py or udp-client/`;
  throw new TypeError(`Cannot play ${folder}: there must be ${needed}`);
}
