import { expect, test } from 'vitest';
import { fromJson, toJson } from './json.ts';

test('bytes are written in Base64, and read again as bytes', () => {
  const bytes = { expected: Buffer.from('Hello\n'), received: Buffer.from([0xff]) };
  const report = { results: [{ finding: { code: 'odd', bytes } }], steps: [{ bytes: 3 }] };
  const json = toJson(report);
  expect(json).toContain('"bytes":{"expected":"SGVsbG8K","received":"/w=="}');
  expect(fromJson(json)).toEqual(report);
});
