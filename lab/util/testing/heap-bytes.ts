import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** What is still in use, in bytes, after all garbage has been collected. */
export function heapBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}
