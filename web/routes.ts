import type { IncomingMessage, ServerResponse } from 'node:http';
import { actionFor, type Instruments } from './api.ts';
import type { Broadcast } from './broadcast.ts';
import { type Door, enter } from './guard.ts';
import { pageFile } from './page-files.ts';
import { captureOf, recordingOf } from './recording.ts';
import { type Body, protect, redirect, reply, replyJson, replyText } from './reply.ts';

interface Parts {
  readonly door: Door;
  readonly broadcast: Broadcast;
  /** What starts this server again, as it is typed. */
  readonly command: string | undefined;
  /** None for a recording. */
  readonly instruments: Instruments | undefined;
}

/** Answers every request of the page, or turns it away. */
export function handler(
  parts: Parts,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    protect(response, parts.door);
    answer(parts, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else replyJson(response, statusOf(error), { error: messageOf(error) });
    });
  };
}

async function answer(
  { door, broadcast, command, instruments }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const entry = enter(request, door);
  if ('reason' in entry) return replyText(response, entry.status, entry.reason);
  if ('location' in entry) return redirect(response, entry.location);
  const { path, query } = entry;
  const action = actionFor(request, path);
  if (action !== undefined) {
    if (instruments === undefined) {
      return replyJson(response, 409, { error: 'Cannot do this: it is a recording' });
    }
    return replyJson(response, 200, (await action(instruments)) ?? {});
  }
  if (request.method !== 'GET') return replyText(response, 405, 'Only GET is allowed here');
  if (path === 'events') {
    const subscriber = broadcast.subscribe(response, query);
    subscriber.send('hello', { canAct: instruments !== undefined, command });
    return broadcast.catchUp(subscriber);
  }
  const body = (await savedFile(path, broadcast)) ?? (await pageFile(path));
  if (body === undefined) return replyText(response, 404, 'There is nothing here');
  reply(response, 200, body);
}

async function savedFile(path: string, { ring }: Broadcast): Promise<Body | undefined> {
  if (path === 'save/socketlab.pcapng') {
    const content = await captureOf(ring.lines());
    return { type: 'application/octet-stream', content, fileName: 'socketlab.pcapng' };
  }
  if (path === 'save/socketlab.jsonl') {
    const content = recordingOf(ring.lines());
    return { type: 'application/jsonl', content, fileName: 'socketlab.jsonl' };
  }
  return undefined;
}

/** What was asked wrongly, and what went wrong in the lab. */
function statusOf(error: unknown): number {
  return error instanceof TypeError || error instanceof RangeError ? 400 : 502;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
