import { once } from 'node:events';
import * as http from 'node:http';
import type { Socket } from 'node:net';
import { json, text } from 'node:stream/consumers';
import type { Address } from './address.ts';

export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Undefined ones are left out; an object is sent as JSON. */
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** What the engine refused, or had done already (304). */
export class EngineRefusal extends Error {
  override readonly name = 'EngineRefusal';
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** @returns the response in JSON; undefined if it has no content. @throws {EngineRefusal} */
export async function requestJson(address: Address, request: EngineRequest): Promise<unknown> {
  const response = await requestStream(address, request);
  if (response.headers['content-type']?.startsWith('application/json')) return json(response);
  await text(response);
  return undefined;
}

/** @returns the response while it is coming. @throws {EngineRefusal} */
export async function requestStream(
  address: Address,
  request: EngineRequest,
): Promise<http.IncomingMessage> {
  const sent = await send(address, request);
  const [response] = (await once(sent, 'response')) as [http.IncomingMessage];
  if ((response.statusCode ?? 0) >= 300) throw await refusal(response);
  return response;
}

/** @returns the connection itself, once the engine has handed it over to a container's process. @throws {EngineRefusal} */
export async function requestConnection(address: Address, request: EngineRequest): Promise<Socket> {
  const sent = await send(address, request, { connection: 'Upgrade', upgrade: 'tcp' });
  return new Promise((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => refusal(response).then(reject, reject));
    sent.on('upgrade', (_, socket: Socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
  });
}

async function send(
  { isTls, options }: Address,
  { method, path, query = {}, body, signal }: EngineRequest,
  headers: Readonly<Record<string, string>> = {},
): Promise<http.ClientRequest> {
  const { request } = isTls ? await import('node:https') : http;
  const content = body === undefined ? '' : JSON.stringify(body);
  const search = new URLSearchParams(Object.entries(query).flatMap(parameter));
  const sent = request({
    ...options,
    method,
    path: search.size > 0 ? `${path}?${search}` : path,
    headers: {
      ...headers,
      ...(content && { 'content-type': 'application/json' }),
      'content-length': Buffer.byteLength(content),
    },
    ...(signal && { signal }),
  });
  return sent.end(content);
}

function parameter([name, value]: [string, unknown]): [string, string][] {
  if (value === undefined) return [];
  return [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]];
}

/** Its body has the reason: `{"message":"No such container: web"}`. */
async function refusal(response: http.IncomingMessage): Promise<EngineRefusal> {
  const content = await text(response);
  let message = content.trim() || response.statusMessage || 'it gives no reason';
  try {
    message = JSON.parse(content).message ?? message;
  } catch {
    // A proxy in front may answer in another form.
  }
  return new EngineRefusal(response.statusCode ?? 0, message);
}
