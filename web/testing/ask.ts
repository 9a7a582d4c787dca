import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

interface Question {
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

/** Unlike `fetch`, it can be given any `Host` and `Origin`. */
export async function ask(url: string, options: Question = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end();
  });
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}
