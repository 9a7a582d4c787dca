/** The languages in which a program may come without a Dockerfile. */
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface Language {
  /** Also the target of the Dockerfile. */
  readonly name: 'bash' | 'c' | 'go' | 'javascript' | 'python' | 'rust' | 'typescript';
  readonly extensions: readonly string[];
  /** @param main the main file, in the program's folder */
  readonly run: (main: string) => readonly string[];
}

const built = () => ['/built/program'];

export const languages: readonly Language[] = [
  { name: 'python', extensions: ['.py'], run: (main) => ['python3', main] },
  { name: 'javascript', extensions: ['.js', '.mjs', '.cjs'], run: (main) => ['node', main] },
  {
    name: 'typescript',
    extensions: ['.ts', '.mts', '.cts'],
    run: () => ['node', '--enable-source-maps', '/built/program.mjs'],
  },
  { name: 'c', extensions: ['.c'], run: built },
  { name: 'go', extensions: ['.go'], run: built },
  { name: 'rust', extensions: ['.rs'], run: built },
  { name: 'bash', extensions: ['.sh', '.bash'], run: (main) => ['bash', main] },
];

/** Cargo keeps a program's source in a folder of its own. */
const sourceFolders = ['', 'src'];

export function languageOf(file: string): Language | undefined {
  return languages.find(({ extensions }) => extensions.includes(extname(file)));
}

/** The main file of a folder, as a path in it: `main.py`, `src/main.rs`. */
export async function mainFileOf(folder: string): Promise<string | undefined> {
  const names = languages.flatMap(({ extensions }) => extensions.map((one) => `main${one}`));
  const paths = sourceFolders.flatMap((inside) => names.map((name) => join(inside, name)));
  for (const path of paths) if (await exists(join(folder, path))) return path;
  return undefined;
}

export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
