import { randomBytes } from 'node:crypto';
import { createContainer } from '../engine/create-container.ts';
import type { Container, ContainerCreateOptions } from '../engine/docker.ts';
import { OWNER, PURPOSE } from '../engine/labels.ts';
import { thisProcess } from '../engine/owner.ts';
import { probeImage } from './probe-image.ts';
import { programOf } from './programs.ts';

/** To enter namespaces, and to mount what shows them; and to end programs of other users. */
const OF_ITS_OWN = ['SYS_ADMIN', 'KILL'];
/** What its programs need, each of them some. See docs/security.md. */
const FOR_PROGRAMS = [
  ...['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE', 'DAC_READ_SEARCH', 'SYS_NICE'],
  ...['SETUID', 'SETGID', 'SETPCAP'],
  ...['BPF', 'PERFMON'],
];

const options: ContainerCreateOptions = {
  Cmd: [
    'node',
    '--experimental-ffi',
    '--disable-warning=ExperimentalWarning',
    programOf('observer/main.ts'),
  ],
  OpenStdin: true,
  StdinOnce: true,
  AttachStdin: true,
  Labels: { [OWNER]: thisProcess, [PURPOSE]: 'observer' },
  HostConfig: {
    // It sees the first process of each host, and no host sees it.
    PidMode: 'host',
    UsernsMode: 'host',
    NetworkMode: 'none',
    CapDrop: ['ALL'],
    CapAdd: [...OF_ITS_OWN, ...FOR_PROGRAMS],
    // Without `apparmor=unconfined` it may not mount.
    SecurityOpt: ['no-new-privileges:true', 'apparmor=unconfined'],
    ReadonlyRootfs: true,
    Tmpfs: { '/run': 'size=1m', '/tmp': 'size=1m' },
    AutoRemove: true,
    // Two instruments a host, with the threads of Node, and hundreds of hosts.
    PidsLimit: 16_384,
    // How much its programs work is up to the hosts: if the machine runs out of memory, they are the first to go.
    OomScoreAdj: 900,
    // Its output is read by this process.
    LogConfig: { Type: 'none', Config: {} },
  },
};

/** Creates the observer of this process. */
export async function createObserver(): Promise<Container> {
  const Image = await probeImage();
  const name = `socketlab-observer-${randomBytes(4).toString('hex')}`;
  return createContainer('create an observer', { ...options, name, Image });
}
