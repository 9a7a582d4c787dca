import { fstatSync, type Stats, statSync } from 'node:fs';

const STANDARD_INPUT = 0;

/**
 * Whether what is read from a file would be lost, as it is also the one to be written, whatever name it has there.
 *
 * @param from `-` for standard input
 */
export function isSameFile(from: string, output: string): boolean {
  const [read, written] = [
    from === '-' ? fstatSync(STANDARD_INPUT) : found(from),
    output === '-' ? undefined : found(output),
  ];
  if (read === undefined || !written?.isFile()) return false;
  return read.dev === written.dev && read.ino === written.ino;
}

/** A file that does not exist, or cannot be examined, is reported when it is opened. */
function found(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}
