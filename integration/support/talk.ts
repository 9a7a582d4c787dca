/** Hosts that keep a connection open, and talk over it without end: see `integration/peers/tcp-talk.ts`. */
import { inject } from 'vitest';
import type { Lab } from '../../lab/index.ts';
import { Host as Logged } from './host.ts';
import { imageOf } from './images.ts';
import type { Service } from './services.ts';

const PROGRAM = `${import.meta.dirname}/../peers/tcp-talk.ts`;

/** Starts the server, or with the name or address of one a client; ready when it listens, or has its first answer. */
export async function startTalk(lab: Lab, name: string, server?: string): Promise<Service> {
  const host = await lab.host(name, {
    image: imageOf(inject('runId'), 'tcp-server'),
    entrypoint: ['node', '/peer/tcp-talk.ts'],
    files: { [PROGRAM]: '/peer/tcp-talk.ts' },
    ...(server !== undefined && { env: { SERVER_HOST: server } }),
    ready: server === undefined ? /listening/ : /answered/,
  });
  return { host, log: await Logged.attach(host.id) };
}

/** Waits until a client has had so many answers more. */
export async function answersMore({ log }: Service, count: number): Promise<void> {
  await log.event('answered', log.events('answered').length + count);
}
