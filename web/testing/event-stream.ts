import { type IncomingMessage, request } from 'node:http';

interface StreamMessage {
  readonly name: string;
  readonly id: number | undefined;
  readonly data: unknown;
}

/** Reads the event stream of a page as a browser does. */
export class EventStream implements AsyncDisposable {
  readonly response: IncomingMessage;
  readonly #messages: AsyncIterator<StreamMessage>;

  private constructor(response: IncomingMessage) {
    this.response = response;
    this.#messages = messages(response);
  }

  /** @param query as in `after=3` */
  static async open(url: string, query = ''): Promise<EventStream> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`${url}events?${query}`, resolve).on('error', reject).end();
    });
    return new EventStream(response);
  }

  /** The next message with one of the names; others are passed over. */
  async next(...names: readonly string[]): Promise<StreamMessage> {
    while (true) {
      const { value, done } = await this.#messages.next();
      if (done) throw new Error(`The stream ended before a message "${names.join('" or "')}"`);
      if (names.includes(value.name)) return value;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.response.destroy();
  }
}

async function* messages(response: IncomingMessage): AsyncGenerator<StreamMessage> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk;
    const whole = text.split('\n\n');
    text = whole.pop() ?? '';
    for (const message of whole) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1];
      const [name, data, id] = [field('event'), field('data'), field('id')];
      if (name === undefined || data === undefined) continue;
      yield { name, data: JSON.parse(data), id: id === undefined ? undefined : Number(id) };
    }
  }
}
