import { variable } from './variable.ts';

/** The image with Node that all others are based on: what `NODE_IMAGE` says, in the environment or in `.env`. */
export function baseImage(): string {
  return variable('NODE_IMAGE') ?? 'node:26-trixie-slim';
}
