import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RoleName } from '../../checks/matrix/participant.ts';
import { type Participant, protocols } from '../../checks/matrix/participant.ts';
import type { Built } from '../../checks/program/build.ts';
import { buildImage, removeImage } from '../../checks/program/image.ts';
import { baseImage } from '../../lab/index.ts';

/** The repository; the package is without our own programs. */
const ROOT = join(import.meta.dirname, '../..');
const SERVICES = join(ROOT, 'services');

/** Our own programs; none in the package. */
export function ourParticipant(): Participant | undefined {
  if (!existsSync(SERVICES)) return undefined;
  const names = protocols.flatMap(({ server, client }) => [server, client]);
  const programs = Object.fromEntries(names.map((role) => [role, join(SERVICES, role)]));
  return { name: 'socketlab', programs, others: [] };
}

/** Whether a program is one of ours, which are built together. */
export const isOurs = (program: string) => program.startsWith(`${SERVICES}/`);

/** @throws {LabError} when it cannot be built. */
export async function buildOurs(role: RoleName, signal: AbortSignal): Promise<Built> {
  const args = ['--target', role, '--build-arg', `NODE_IMAGE=${baseImage()}`, ROOT];
  const image = await buildImage(args, { signal, ownStage: /^$/ });
  return { image, [Symbol.asyncDispose]: () => removeImage(image) };
}
