import type { Random } from '../../lab/util/random.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Letters and digits, which no shell, log or terminal takes for anything else. */
export function randomText(random: Random, length: number): string {
  const letter = () => LETTERS[Math.floor(random() * LETTERS.length)] ?? '';
  return Array.from({ length }, letter).join('');
}
