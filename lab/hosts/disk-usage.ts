import { ask } from '../engine/docker.ts';

/** Of the engine's answers; dockerode cannot ask for either. */
interface Container {
  readonly SizeRw?: number;
  readonly Mounts: readonly { readonly Type: string; readonly Name?: string }[];
}
interface Usage {
  readonly Volumes: readonly { readonly Name: string; readonly UsageData?: { Size: number } }[];
}

/**
 * What a container has on the engine's disk, in bytes: by the lengths of its files, in its own layer and in its volumes. Files that
 * are open, and deleted already, do not count.
 *
 * @param what the action, for error messages
 * @throws {LabError} if the engine cannot tell.
 */
export async function diskUsage(id: string, what: string): Promise<number> {
  const { SizeRw = 0, Mounts } = await read<Container>(what, `/containers/${id}/json`, { size: 1 });
  const volumes = Mounts.filter(({ Type }) => Type === 'volume').map(({ Name }) => Name);
  // Few containers have any, and the engine measures those of all containers.
  if (volumes.length === 0) return SizeRw;
  const { Volumes } = await read<Usage>(what, '/system/df', { type: 'volume' });
  const own = Volumes.filter(({ Name }) => volumes.includes(Name));
  // The engine says -1 of a volume that it cannot measure.
  return own.reduce((sum, { UsageData }) => sum + Math.max(0, UsageData?.Size ?? 0), SizeRw);
}

function read<T>(
  what: string,
  path: string,
  options: Readonly<Record<string, unknown>>,
): Promise<T> {
  const statusCodes = { 200: true, 404: 'no such container', 500: 'server error' };
  const request = { method: 'GET', path: `${path}?`, options, statusCodes };
  const answer = ({ modem }: Engine) =>
    new Promise<T>((resolve, reject) => {
      modem.dial(request, (error: unknown, data: unknown) =>
        error ? reject(error) : resolve(data as T),
      );
    });
  return ask(what, answer);
}

type Engine = Parameters<Parameters<typeof ask>[1]>[0];
