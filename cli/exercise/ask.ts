import { createInterface } from 'node:readline/promises';
import type { Letter, Question } from '../../exercises/look/question.ts';

/**
 * Asks for a prediction until it is one of the choices.
 *
 * @throws the reason of the signal when it is aborted, as by Ctrl-C and by the end of the input
 */
export async function ask({ choices }: Question, signal: AbortSignal): Promise<Letter> {
  const { stdin: input, stdout: output } = process;
  const terminal = createInterface({ input, output });
  // It takes Ctrl-C for itself.
  const interrupt = () => process.kill(process.pid, 'SIGINT');
  terminal.on('SIGINT', interrupt).on('close', interrupt);
  const letters = Object.keys(choices) as Letter[];
  try {
    for (let prompt = 'Your prediction'; ; prompt = 'Please type one letter') {
      const typed = await terminal.question(`${prompt} (${letters.join(', ')}): `, { signal });
      const letter = letterIn(typed);
      if (letter !== undefined && letters.includes(letter)) return letter;
    }
  } finally {
    terminal.off('close', interrupt).close();
  }
}

/** `b` of `b`, `B`, `b)` and `b) 1`. */
export const letterIn = (typed: string): Letter | undefined =>
  /^\s*([a-d])(?:\s*$|[).:])/i.exec(typed)?.[1]?.toLowerCase() as Letter | undefined;
