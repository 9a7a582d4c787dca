/**
 * A host whose client has a conversation when it is asked for one. What `docker exec` starts is nobody's child in the host, so
 * no trace follows it; this client is a child of the host's own program, and is traced from its first call on.
 */
import type { Host, HostOptions, Lab } from '../../lab/index.ts';
import { ours, python } from './programs.ts';

/** Where a host is given its peer. It is open in both directions, so that what is written before it is read stays. */
const ASKED = '/tmp/asked';

/** A client of `services/` or, with its name ending in `.py`, of `integration/python/`. */
export function startOnDemandClient(
  lab: Lab,
  name: string,
  program: 'tcp-client' | 'udp-client' | `${string}.py`,
): Promise<Host> {
  const isPython = program.endsWith('.py');
  const command = isPython ? `python3 ${program}` : `node services/${program}/main.ts`;
  const { image } = isPython ? python(program) : ours(program as 'tcp-client' | 'udp-client');
  const script = `
    mkfifo ${ASKED} && exec 9<>${ASKED} && echo ready
    while read -r SERVER_HOST <&9; do export SERVER_HOST; ${command} 9<&-; done`;
  // It does not give up while a test still looks at what it tries.
  const env = { COUNT: 1, TIMEOUT_MS: 120_000 };
  const options: HostOptions = { image, env, ready: /ready/ };
  return lab.startHost(name, { ...options, entrypoint: ['sh', '-c'], command: [script] });
}

/** Has a client begin a conversation. */
export async function startConversation(client: Host, to: string): Promise<void> {
  const { exitCode, stderr } = await client.exec(['sh', '-c', `echo ${to} >${ASKED}`]);
  if (exitCode !== 0) throw new Error(`Cannot ask ${client.name} to talk: ${stderr}`);
}
