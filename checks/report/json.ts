/** Reports as JSON, with bytes in Base64: a hundred thousand numbers are nothing that anybody reads. */

/** @param indent default: all of it is one line */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, encoded, indent);
}

/** What `toJson` has written, with bytes where there were bytes. @throws {SyntaxError} when it is no JSON */
export function fromJson(text: string): unknown {
  return JSON.parse(text, decoded);
}

function encoded(this: unknown, key: string, value: unknown): unknown {
  const bytes = (this as Readonly<Record<string, unknown>>)[key];
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : value;
}

/** The bytes of a finding are all that there are. */
function decoded(key: string, value: unknown): unknown {
  if (key !== 'bytes') return value;
  const { expected, received } = Object(value) as { expected?: unknown; received?: unknown };
  if (typeof expected !== 'string' || typeof received !== 'string') return value;
  return { expected: Buffer.from(expected, 'base64'), received: Buffer.from(received, 'base64') };
}
