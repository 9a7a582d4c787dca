/** What the hosts of a test run: what `Lab.startHost` needs to know of each program. */
import { inject } from 'vitest';
import type { HostOptions, Role } from '../../lab/index.ts';
import { imageOf } from './images.ts';

const PEERS = `${import.meta.dirname}/../peers`;

/**
 * One of our own services: servers count as started when they listen, a moment before they are healthy; clients when they run. Their
 * health checks, which few tests are about, would be half of what the engine executes.
 */
export function ours(role: Role): HostOptions {
  const ready = role.endsWith('server') ? /listening/ : 'running';
  return { image: imageOf(inject('runId'), role), ready, healthCheck: false };
}

/** A program of `integration/python/`: the lecture's own, in another language. */
export function python(program: string): HostOptions {
  const ready = program.includes('server') ? /listening/ : 'running';
  return { image: imageOf(inject('runId'), 'python'), command: [program], ready };
}

/** A program of `integration/peers/`: a host that misbehaves. */
export function peer(program: string): HostOptions {
  const { image } = ours('tcp-server');
  return {
    image,
    entrypoint: ['node', `/peer/${program}`],
    files: toPeer(program),
    ready: /ready/,
  };
}

/**
 * A host that stands by for commands, with these programs of `integration/peers/`; see `standby.ts`. What it runs repeatedly is
 * compiled once.
 */
export function standby(role: 'tcp-client' | 'udp-client', ...programs: string[]): HostOptions {
  return {
    ...ours(role),
    entrypoint: ['sleep', 'infinity'],
    env: { NODE_COMPILE_CACHE: '/tmp/compiled' },
    files: toPeer('standby.ts', 'udp-burst.ts', ...programs),
  };
}

/** Puts programs of `integration/peers/` into `/peer/` of a host. */
function toPeer(...programs: string[]): Record<string, string> {
  return Object.fromEntries(programs.map((name) => [`${PEERS}/${name}`, `/peer/${name}`]));
}
