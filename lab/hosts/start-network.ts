import { randomBytes } from 'node:crypto';
import { ask } from '../engine/docker.ts';
import { LAB, OWNER } from '../engine/labels.ts';
import { thisProcess } from '../engine/owner.ts';
import { variable } from '../engine/variable.ts';
import { LabError } from '../model/lab-error.ts';

/** Whether this process has found that the engine cannot create IPv6 networks; reported once. */
let lacksIpv6 = false;

/**
 * Creates the network of a lab, from which nothing outside can be reached, with IPv4 and, if the engine supports it, IPv6.
 *
 * @param ipv6 default: the value of `LAB_IPV6`, `on` or `off`; otherwise whatever the engine supports, and if it does not, a
 * line on standard error says so.
 * @returns its name.
 * @throws {LabError} `ENGINE_FAILED`, also when IPv6 is requested and the engine does not support it.
 * @throws {TypeError} for another value of `LAB_IPV6`.
 */
export async function startNetwork(ipv6 = ipv6ByEnvironment()): Promise<string> {
  if (ipv6 !== undefined || lacksIpv6) return createNetwork(ipv6 ?? false);
  try {
    return await createNetwork(true);
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'ENGINE_FAILED') throw error;
    // If it fails without IPv6 too, there is another reason.
    const name = await createNetwork(false).catch(() => Promise.reject(error));
    if (!lacksIpv6) console.error(`socketlab: continuing with IPv4 alone. ${error.message}`);
    lacksIpv6 = true;
    return name;
  }
}

function ipv6ByEnvironment(): boolean | undefined {
  const chosen = variable('LAB_IPV6');
  if (chosen === undefined) return undefined;
  // Compose needs the booleans of YAML 1.2.
  if (chosen === 'on' || chosen === 'true') return true;
  if (chosen === 'off' || chosen === 'false') return false;
  throw new TypeError(`LAB_IPV6 must be "on" or "off", but is ${JSON.stringify(chosen)}`);
}

/** A range of addresses in a network. */
export interface Subnet {
  /** As in `172.20.0.0/16`. */
  readonly range: string;
  /** The address in it that this machine has itself. */
  readonly gateway: string;
}

/** The subnets of a network that `startNetwork` has created. @throws {LabError} if it is not there. */
export async function subnetsOf(network: string): Promise<Subnet[]> {
  const { IPAM } = await ask(`look at network "${network}"`, (engine) =>
    engine.getNetwork(network).inspect(),
  );
  const configs = IPAM?.Config ?? [];
  return configs.map(({ Subnet: range = '', Gateway: gateway = '' }) => ({ range, gateway }));
}

async function createNetwork(ipv6: boolean): Promise<string> {
  const id = randomBytes(5).toString('hex');
  const name = `socketlab-${id}`;
  // A unique local prefix with a random global ID (RFC 4193, section 3.2).
  const prefix = `fd${id.replace(/(..)(....)(....)/, '$1:$2:$3')}::`;
  const range = { Subnet: `${prefix}/64`, Gateway: `${prefix}1` };
  await ask(`create the network of a lab, with IPv4${ipv6 ? ' and IPv6' : ''}`, (engine) =>
    engine.createNetwork({
      Name: name,
      Internal: true,
      EnableIPv6: ipv6,
      ...(ipv6 && { IPAM: { Config: [range] } }),
      Labels: { [LAB]: name, [OWNER]: thisProcess },
    }),
  );
  return name;
}
