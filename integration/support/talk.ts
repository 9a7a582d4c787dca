/** Hosts that keep a connection open, and talk over it without end: see `integration/peers/tcp-talk.ts`. */
import type { Lab } from '../../lab/index.ts';
import { peer } from './programs.ts';
import { Service } from './service.ts';

/** Starts the server, or with the name or address of one a client; ready when it listens, or has its first answer. */
export async function startTalk(lab: Lab, name: string, server?: string): Promise<Service> {
  return Service.start(lab, name, {
    ...peer('tcp-talk.ts'),
    ...(server !== undefined && { env: { SERVER_HOST: server } }),
    ready: server === undefined ? /listening/ : /answered/,
  });
}

/** Waits until a client has had so many answers more. */
export async function answersMore({ log }: Service, count: number): Promise<void> {
  await log.event('answered', log.events('answered').length + count);
}
