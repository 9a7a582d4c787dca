/** Why the page cannot be served. The message is for a person. */
export class PageError extends Error {
  override readonly name = 'PageError';
  readonly code: 'PORT_IN_USE' | 'LISTEN_FAILED';

  constructor(code: PageError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
