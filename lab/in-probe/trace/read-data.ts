import type { Message } from '../../model/event.ts';
import { PREVIEW_BYTES_MAX, previewOf } from '../../util/preview.ts';
import type { Shape } from './call-names.ts';
import { readMessages } from './messages.ts';
import { bytesOf, splitArguments } from './values.ts';

const STRING = /^"([\\x0-9a-f]*)"/;
const VECTOR = /iov_base="([\\x0-9a-f]*)"/g;

/**
 * What a call sent or received.
 *
 * @param result what it returned: bytes, or messages
 */
export function readData(
  text: string,
  shape: Shape,
  result: number,
): { bytes: number; preview: string } {
  const bytes = shape === 'messages' ? together(readMessages(text, result)) : result;
  const content = shape === 'buffer' ? inBuffer(text) : inVectors(text);
  return { bytes, preview: previewOf(content.subarray(0, bytes)) };
}

function inBuffer(text: string): Buffer {
  return bytesOf(STRING.exec(splitArguments(text)[1] ?? '')?.[1] ?? '');
}

function inVectors(text: string): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (const [, part = ''] of text.matchAll(VECTOR)) {
    parts.push(bytesOf(part));
    length += parts.at(-1)?.length ?? 0;
    if (length >= PREVIEW_BYTES_MAX) break;
  }
  return Buffer.concat(parts);
}

function together(messages: readonly Message[]): number {
  return messages.reduce((total, { bytes }) => total + bytes, 0);
}
