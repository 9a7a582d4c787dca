import { Command } from 'commander';
import type { Host, Lab } from '../lab/index.ts';
import { counted } from '../lab/util/counted.ts';
import { attachLab, healCommand } from './attach-lab.ts';
import { sharedNetworks } from './shared-network.ts';

/** The verbs of `break` that act on a host itself, not on a path. */
export function hostActions(): Command[] {
  return [
    action('pause', 'freeze a host: it keeps its addresses, and does not respond', async (host) => {
      await host.pause();
      return `${host.name} is paused; heal with: ${healCommand(`${host.name}/paused`)}`;
    }),
    action('kill', 'kill a host (SIGKILL)', async (host, lab) => {
      await lab.kill(host.name);
      return `${host.name} is killed; heal with: ${healCommand(`${host.name}/ended`)}`;
    }),
    action('stop', 'stop a host gracefully (SIGTERM)', async (host, lab) => {
      await lab.stop(host.name);
      return `${host.name} is stopped; heal with: ${healCommand(`${host.name}/ended`)}`;
    }),
    action('restart', 'stop a host, and start it again', async (host) => {
      await host.restart();
      return `${host.name} has restarted`;
    }),
    action('reset', 'reset every open TCP connection of a host (RST)', async (host, lab) => {
      const count = await lab.resetConnections(host.name);
      const shared = await sharedNetworks(lab, [host.name], 'this was');
      const words = `${counted(count, 'connection')} of ${host.name} ${count === 1 ? 'was' : 'were'} reset`;
      return [words, ...shared].join('\n');
    }),
  ];
}

function action(
  name: string,
  description: string,
  carryOut: (host: Host, lab: Lab) => Promise<string>,
): Command {
  return new Command(name)
    .description(description)
    .argument('<host>')
    .action(async (hostName: string) => {
      const lab = await attachLab();
      const host = await lab.find(hostName);
      await host.requireRunning(name);
      const before = await faultsAt(host, lab);
      console.log(await carryOut(host, lab));
      // A host's network ends with it, and so do the faults there.
      const now = await faultsAt(host, lab);
      const over = before.filter((id) => !now.includes(id));
      if (over.length > 0) console.log(`these faults ended with it: ${over.join(', ')}`);
    });
}

/** The faults of packets into a host. */
async function faultsAt({ name }: Host, lab: Lab): Promise<string[]> {
  const { paths } = await lab.faults();
  return paths
    .filter(({ directions }) => directions.some(({ to }) => to === name))
    .map(({ id }) => id);
}
