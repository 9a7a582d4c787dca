/** A page of `docs/` as a reader walks through it: the files that it shows, and the commands that it has run. */
import { readFileSync } from 'node:fs';

interface Walk {
  /** By name; blocks of the same file follow each other in it. */
  readonly files: ReadonlyMap<string, string>;
  /** The `sh` blocks without a file's name, in their order. */
  readonly commands: readonly string[];
}

/** A fenced block: its language, the name of its file, if it is one, and its text. */
const BLOCK = /^```(?<language>\w+)(?: (?<file>\S+))?\n(?<text>.*?)^```$/gms;

/**
 * Reads the code blocks of a page: of one that begins with three backticks and `ts key-value.test.ts`, the text belongs to
 * that file.
 */
export function readWalk(page: string): Walk {
  const files = new Map<string, string>();
  const commands: string[] = [];
  for (const { groups } of readFileSync(page, 'utf8').matchAll(BLOCK)) {
    const { language, file, text = '' } = groups ?? {};
    if (file !== undefined) files.set(file, [files.get(file), text].filter(Boolean).join('\n'));
    else if (language === 'sh') commands.push(text);
    else throw new Error(`A block of ${page} is neither a file nor a command:\n${text}`);
  }
  return { files, commands };
}
