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
  const letters = Object.keys(choices);
  try {
    for (;;) {
      const typed = await terminal.question(`Your prediction (${letters.join(', ')}): `, {
        signal,
      });
      const letter = typed.trim().toLowerCase();
      if (letters.includes(letter)) return letter as Letter;
    }
  } finally {
    terminal.off('close', interrupt).close();
  }
}
