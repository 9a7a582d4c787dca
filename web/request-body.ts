import type { IncomingMessage } from 'node:http';

/** Far more than any request of the page. */
const MAX_BYTES = 16_384;

/**
 * The body of a request, which must be an object in JSON.
 *
 * @throws {TypeError} when it is not, or is longer than 16 KiB.
 */
export async function requestBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (request.headers['content-type'] !== 'application/json') {
    throw new TypeError('Cannot read the request: its Content-Type must be application/json');
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) {
      throw new TypeError(`Cannot read the request: it must be at most ${MAX_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return object(Buffer.concat(chunks).toString());
}

function object(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TypeError('Cannot read the request: it must be JSON', { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new TypeError('Cannot read the request: it must be a JSON object');
}
