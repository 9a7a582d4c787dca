import { Command } from 'commander';
import type { Host, Lab } from '../lab/index.ts';
import { attachLab } from './attach-lab.ts';
import { counted } from './counted.ts';
import { sharedNetworks } from './shared-network.ts';

/** The verbs of `break` that are about a host itself, not about a path. */
export function hostDeeds(): Command[] {
  return [
    deed('pause', 'freeze a host: it has its addresses, and nobody answers', async (host) => {
      await host.pause();
      return `${host.name} is paused; heal with: ./socketlab heal ${host.name}/paused`;
    }),
    deed('kill', 'end a host at once (SIGKILL)', async (host) => {
      await host.kill();
      return `${host.name} is killed; heal with: ./socketlab heal ${host.name}/ended`;
    }),
    deed('stop', 'ask a host to end (SIGTERM)', async (host) => {
      await host.stop();
      return `${host.name} is stopped; heal with: ./socketlab heal ${host.name}/ended`;
    }),
    deed('restart', 'end a host, and start it again', async (host) => {
      await host.restart();
      return `${host.name} has restarted`;
    }),
    deed('reset', 'send RST on every TCP connection that a host has open', async (host, lab) => {
      const count = await lab.reset(host.name);
      const shared = await sharedNetworks(lab, [host.name], 'this was');
      const words = `${counted(count, 'connection')} of ${host.name} ${count === 1 ? 'was' : 'were'} reset`;
      return [words, ...shared].join('\n');
    }),
  ];
}

function deed(
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
      // A host that ends takes its network along, with all that was done to it there.
      const now = await faultsAt(host, lab);
      const over = before.filter((id) => !now.includes(id));
      if (over.length > 0) console.log(`so these faults are over: ${over.join(', ')}`);
    });
}

async function faultsAt({ name }: Host, lab: Lab): Promise<string[]> {
  const { paths } = await lab.faults();
  return paths.filter(({ to }) => to === name).map(({ id }) => id);
}
