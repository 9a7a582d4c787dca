import { describePacket, type HeldPacket, SequenceNumbers } from '../../lab/index.ts';
import { INDENT, width, wrap } from '../terminal.ts';
import { PacketRepeats, type Shown } from './packet-repeats.ts';

/** Prints each packet with its number, and behind it what becomes of it. */
export class ShownPackets {
  readonly #numbers = new SequenceNumbers();
  readonly #repeats = new PacketRepeats();
  #count = 0;
  #line = '';
  #hasNote = false;

  /** @param waiting how many packets wait, this one included */
  show(held: Shown, waiting: number): void {
    const words = wrap(this.#words(held, waiting));
    process.stdout.write(words);
    this.#line = words.split('\n').at(-1) ?? '';
    this.#hasNote = false;
  }

  /** Says something else, on lines of its own, while a packet is decided on. */
  note(words: string): void {
    process.stdout.write(`\n${INDENT}${wrap(words, width() - INDENT.length)}`);
    this.#hasNote = true;
  }

  /** Prints the fate of a packet after it. */
  tell(fate: string): void {
    const words = `-> ${fate}`;
    const fits = !this.#hasNote && this.#line.length + 1 + words.length <= width();
    console.log(fits ? ` ${words}` : `\n${INDENT}${words}`);
  }

  #words(held: Shown, waiting: number): string {
    this.#count += 1;
    const repeats = this.#repeats.wordsOf(held, this.#count);
    return [
      `${this.#count}. ${held.from} -> ${held.to}:`,
      describePacket(held.packet, this.#numbers),
      ...(repeats ? [`(${repeats})`] : []),
      ...(waiting > 1 ? [`[${waiting - 1} more ${waiting > 2 ? 'wait' : 'waits'}]`] : []),
    ].join(' ');
  }
}

/** The two ends of the conversation that a packet belongs to, the same for both directions. */
export function conversationOf({ identity }: Pick<HeldPacket, 'identity'>): string {
  const { protocol, from, fromPort, to, toPort } = identity;
  const ends = [`${from} ${fromPort}`, `${to} ${toPort}`];
  return `${protocol} ${ends.sort().join(' ')}`;
}
