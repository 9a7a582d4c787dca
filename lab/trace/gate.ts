/**
 * The gate at which a host waits that is traced from its start: see `gate.sh`. It needs nothing from the host's image: its two
 * programs come from the probe image, with the loader and the library that run them.
 *
 *     probe image ──/.socketlab──▶ host, before it starts
 */

import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ask } from '../engine/docker.ts';
import { LAB, OWNER } from '../engine/labels.ts';
import { thisProcess } from '../engine/owner.ts';
import { probeImage } from '../probes/probe-image.ts';

/** In both the probe image and the host. */
const FOLDER = '/.socketlab';

/** The command of a host, run behind the gate. @param isIsolated the host is not to run without its trace, which isolates it */
export function behindGate(command: readonly string[], isIsolated = false): string[] {
  return [
    `${FOLDER}/loader`,
    '--library-path',
    FOLDER,
    `${FOLDER}/dash`,
    `${FOLDER}/gate.sh`,
    isIsolated ? 'ends' : 'goes-on',
    ...command,
  ];
}

const EXEC_FAILED = new RegExp(`^${FOLDER}/gate\\.sh: \\d+: exec: (.+)$`, 'm');

/**
 * Why the command of a host that was traced from its start could not be run, as in `./server: not found`. A program that was run, and
 * ends with the same exit code, 126 or 127, has not printed that.
 *
 * @param stderr of the host
 */
export function execFailure(stderr: string): string | undefined {
  return EXEC_FAILED.exec(stderr)?.[1];
}

let packed: Promise<Buffer> | undefined;

/** The command that a host would run: entry point and command replace those of the image, as with `docker run`. */
export async function commandOf(
  image: string,
  entrypoint: readonly string[] | undefined,
  command: readonly string[] | undefined,
): Promise<string[]> {
  if (entrypoint) return [...entrypoint, ...(command ?? [])];
  const { Config } = await ask(`look at image "${image}"`, (engine) =>
    engine.getImage(image).inspect(),
  );
  return [Config.Entrypoint ?? [], command ?? Config.Cmd ?? []].flat();
}

/** The gate's files as a tar archive, to be extracted in a host's root. */
export async function gateArchive(lab: string): Promise<Readable> {
  packed ??= pack(lab).catch((error: unknown) => {
    packed = undefined;
    throw error;
  });
  return Readable.from([await packed]);
}

async function pack(lab: string): Promise<Buffer> {
  const Image = await probeImage();
  return ask('pack what a traced host starts with', async (engine) => {
    const Labels = { [LAB]: lab, [OWNER]: thisProcess };
    const container = await engine.createContainer({ Image, Labels });
    try {
      return await buffer(await container.getArchive({ path: FOLDER }));
    } finally {
      await container.remove({ force: true });
    }
  });
}
