/** The page of an exercise as it is read at the terminal, where links cannot be followed and folders are where they are. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Exercise, nameOf } from '../../exercises/exercise.ts';
import { wrap } from '../terminal.ts';
import { typed } from '../typed.ts';
import { shown } from './place.ts';

/** As wide as pages are written. */
const WIDTH = 80;

/** A link of Markdown: its text, and where it leads. */
const LINK = /\[([^\]]+)\]\(([^)]+)\)/g;

/** @param copy the folder of the working copy */
export function pageText(page: string, exercise: Exercise, copy: string): string {
  const blocks = page.split('\n\n').map((block) => {
    const text = block
      .replace(LINK, (_, words, target) => linkText(words, target, exercise))
      .replaceAll(`my-exercises/${nameOf(exercise)}/`, `${shown(copy)}/`)
      .replaceAll('./socketlab ', typed(''));
    return text === block ? block : filled(text);
  });
  return blocks.join('\n\n');
}

/** Other exercises are known by their numbers. */
function linkText(words: string, target: string, { folder }: Exercise): string {
  if (/^\.\.\/\d/.test(target)) return words;
  if (/^https?:/.test(target)) return `${words} (${target})`;
  const path = join(folder, target);
  // The package comes without docs/.
  return existsSync(path) ? `${words} (${shown(path)})` : words;
}

/** A paragraph or a list whose lines have become too long, in new lines; what is to be typed remains as it is. */
function filled(block: string): string {
  const isLong = block.split('\n').some((line) => line.length > WIDTH);
  if (!isLong || block.startsWith('```')) return block;
  const items = block.split(/\n(?=- )/);
  const indented = items.map((item) =>
    wrap(item.replace(/\n +|\n/g, ' '), WIDTH, item.startsWith('- ') ? '  ' : ''),
  );
  return indented.join('\n');
}

/** What follows on the page when all questions are answered, as `Write`. */
export const afterQuestions = (page: string): string | undefined =>
  /^## Predict, then look$[\s\S]*?^## (.+)$/m.exec(page)?.[1];
