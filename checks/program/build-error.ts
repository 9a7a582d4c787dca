import type { Finding } from '../check.ts';

interface BuildErrorOptions extends ErrorOptions {
  /** Of a build that was given up: what did not end. Default: the build has failed. */
  readonly endless?: string;
}

/** The program does not build: that is its failure, not the grader's. The message is what the build has printed. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
  readonly finding: Finding;

  constructor(message: string, { endless, ...options }: BuildErrorOptions) {
    super(message, options);
    const did = 'built an image of it';
    this.finding =
      endless === undefined
        ? { code: 'does-not-build', did }
        : { code: 'build-does-not-end', did, found: endless };
  }

  /** The lines that the build has printed. */
  get output(): string[] {
    return this.message === '' ? [] : this.message.split('\n');
  }
}
