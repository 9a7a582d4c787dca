import type { HostState, LabEvent } from '../lab/index.ts';

/** Something that holds until another event ends it: a running host, a current fault, a listening socket. */
export interface Lasting {
  readonly kind: 'host' | 'fault' | 'socket';
  readonly host: string;
  /** The same for a later event about the same thing. */
  readonly key: string;
  /** Of a socket: the process that it was begun by, or that closes its own descriptor of it. */
  readonly pid?: number;
  readonly isOver: boolean;
}

/** What holds after an event; undefined for nothing. */
export function lastingOf(event: LabEvent): Lasting | undefined {
  const { kind, host } = event;
  switch (kind) {
    case 'host':
      return { kind, host, key: `host ${host}`, isOver: isGone(event.state) };
    case 'fault':
      return { kind, host, key: `fault ${host} ${event.fault}`, isOver: event.change === 'healed' };
    case 'call':
      return socketOf(event);
    default:
      return undefined;
  }
}

/** A paused host keeps its sockets. */
function isGone(state: HostState): boolean {
  return state !== 'running' && state !== 'paused';
}

/** Of TCP a socket that listens, of UDP one that is bound. */
function socketOf({
  host,
  call,
  stage,
  error,
  socket,
  process: { pid },
}: Extract<LabEvent, { kind: 'call' }>): Lasting | undefined {
  const { protocol, local, remote } = socket ?? {};
  if (stage === 'waiting' || error !== undefined || !protocol || !local || remote) return undefined;
  const isOver = call === 'close';
  if (!isOver && call !== (protocol === 'tcp' ? 'listen' : 'bind')) return undefined;
  return {
    kind: 'socket',
    host,
    key: `${protocol} ${host} ${local.address} ${local.port}`,
    pid,
    isOver,
  };
}
